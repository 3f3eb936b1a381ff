using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Report12350.Domain;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>Files made to choke whoever opens them: bounded, each, and the reporter is told; meanwhile the site answers.</summary>
public sealed class BombTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    private const long MostMemory = 256L * 1024 * 1024;
    private const int Little = 100_000;

    public static TheoryData<string> Bombs() => new(All.Keys);

    private static readonly Dictionary<string, (string Type, Func<byte[]> Make)> All = new(StringComparer.Ordinal)
    {
        ["pixel flood, PNG"] = ("image/png", () => PngFile.Of(60_000, 60_000, new byte[10])),
        ["pixel flood within the sides, PNG"] = ("image/png", () => PngFile.Of(19_000, 6_000, PngFile.Deflated((19_000L * 3 + 1) * 6_000))),
        ["pixel flood, JPEG"] = ("image/jpeg", () => [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0xFF, 0xFF, 0xFF, 0xFF, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 17, 3, 17, 0, 63, 0, .. new byte[2000], 0xFF, 0xD9]),
        ["deflate bomb in a PNG's text"] = ("image/png", () => PngFile.Of(1, 1, PngFile.Deflated(4), ("zTXt", [.. "x\0\0"u8, .. PngFile.Deflated(400_000_000)]))),
        ["zeros as JPEG"] = ("image/jpeg", () => [0xFF, 0xD8, 0xFF, .. new byte[20 * 1024 * 1024 - 3]]),
        ["10,000 pages"] = ("application/pdf", () => Papers.Pages(10_000)),
        ["pages that hold each other"] = ("application/pdf", () => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF")),
        ["arrays in arrays"] = ("application/pdf", () => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n" + new string('[', 200_000) + "\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF")),
        ["deflate bomb in a letter"] = (CorpusFile.Docx, () => Packed(("word/document.xml", 1_000_000_000))),
        ["many parts"] = (CorpusFile.Xlsx, () => Corpus.Zip([.. Enumerable.Range(0, 5000).Select(n => ($"xl/{n}.xml", "<a/>"u8.ToArray()))])),
        ["letters in letters"] = (CorpusFile.Docx, Nested),
        ["entities in entities"] = (CorpusFile.Docx, () => Corpus.Zip(("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><a>&c;</a>"))),
        ["elements in elements"] = (CorpusFile.Docx, () => Corpus.Zip(("word/document.xml", string.Concat(Enumerable.Repeat("<a>", 100_000))))),
        ["boxes without end"] = ("video/mp4", () => Boxes(30_000)),
        ["fragments without end"] = ("video/mp4", () => Fragments(100_000)),
        ["no description"] = ("video/quicktime", () => [0, 0, 0, 16, .. "ftypqt  \0\0\0\0"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "mdat"u8, .. new byte[1000]]),
        ["chunks without end"] = ("audio/wav", () => [.. "RIFF\0\0\0\0WAVE"u8, .. Enumerable.Repeat("abcd\0\0\0\0"u8.ToArray(), 5000).SelectMany(b => b)]),
    };

    [Theory, MemberData(nameof(Bombs))]
    public async Task A_bomb_is_bounded_and_its_sender_is_told(string name)
    {
        var (type, make) = All[name];
        using var bench = new Bench();
        using var watch = new MemoryWatch();
        var started = Stopwatch.GetTimestamp();

        var (said, copy) = await bench.CleanAsync(make(), name, type);

        // A decoder may step over what was meant to choke it, and have a small copy.
        (copy?.Length ?? 0).ShouldBeLessThan(Little);
        said.IsHeld.ShouldBe(copy is null);
        said.Uncleaned.HasValue.ShouldBe(copy is null);
        bench.Stored.ShouldBe(copy is null ? 1 : 2, "nothing half-done stays on the store");
        watch.Most.ShouldBeLessThanOrEqualTo(MostMemory);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {watch.Most / 1_048_576} MiB, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    /// <summary>As large as their sender is told they may be; what a phone takes.</summary>
    [Theory]
    [InlineData("image/webp", 4000, 3000)]
    [InlineData("image/heic", 4032, 3024)]
    public async Task A_picture_within_its_bound_is_cleaned(string type, int width, int height)
    {
        var folder = Directory.CreateTempSubdirectory("large").FullName;
        var (format, path) = (type.Split('/')[1], Path.Combine(folder, "a." + type.Split('/')[1]));
        await Tools.RunAsync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", $"gradients=s={width}x{height}:d=1:r=1", "-frames:v", "1", "-pix_fmt", format is "webp" ? "yuv420p" : "yuvj420p", "-q:v", "4", format is "heic" ? path + ".jpg" : path]);
        if (format is "heic")
            await Tools.RunAsync("heif-enc", ["-q", "50", path + ".jpg", "-o", path]);
        using var bench = new Bench(TimeSpan.FromMinutes(5)); // it is of memory that is asked
        var (said, _) = await bench.CleanAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), "a", type);
        Directory.Delete(folder, recursive: true);
        said.Uncleaned.ShouldBeNull();
    }

    [Fact]
    public async Task A_gigabyte_of_zeros_is_refused_at_the_door_when_it_is_longer_than_a_photo_may_be()
    {
        var pass = await app.Send(new StartDraft());
        await using var zeros = new Zeros(1_000_000_000);

        var refusal = await Should.ThrowAsync<RuleBrokenException>(() => app.Send(new AttachEvidence(pass, "长.jpg", zeros)));

        refusal.Code.ShouldBe("rule.FileTooLarge");
        zeros.Position.ShouldBeLessThan(21_100_000);
        (await app.Send(new ReadDraft(pass)))!.Content.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_site_answers_while_bombs_are_looked_at()
    {
        using var bench = new Bench();
        using var visitor = app.CreateClient();
        await visitor.GetAsync("/", TestContext.Current.CancellationToken); // the first page of a site is compiled as it is drawn
        var looking = Task.WhenAll(All.Values.Where(b => b.Type.StartsWith("image/", StringComparison.Ordinal)).Select(b => bench.CleanAsync(b.Make(), "bomb", b.Type)));
        var answers = 0;
        do
        {
            (await visitor.GetAsync("/", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            answers++;
        }
        while (!looking.IsCompleted);

        answers.ShouldBeGreaterThan(1);
        (await looking).ShouldAllBe(r => r.Copy == null || r.Copy.Length < Little);
    }

    private static byte[] Packed(params (string Name, long Length)[] parts)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, length) in parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write("<a>"u8);
                var spaces = Encoding.ASCII.GetBytes(new string(' ', 1024 * 1024));
                for (var left = length; left > 0; left -= spaces.Length)
                    entry.Write(spaces);
            }
        }

        return zip.ToArray();
    }

    private static byte[] Nested()
    {
        var letter = Corpus.Zip(("word/document.xml", "<a/>"));
        for (var depth = 0; depth < 6; depth++)
            letter = Corpus.Zip([("word/document.xml", "<a/>"u8.ToArray()), ("word/embeddings/letter.docx", letter)]);
        return letter;
    }

    private static byte[] Boxes(int count) => [0, 0, 0, 16, .. "ftypisom\0\0\0\0"u8, .. Enumerable.Repeat<byte[]>([0, 0, 0, 8, .. "free"u8], count).SelectMany(b => b)];

    /// <summary>A description of nothing, and then fragments of it.</summary>
    private static byte[] Fragments(int count) =>
    [
        0, 0, 0, 16, .. "ftypisom\0\0\0\0"u8, 0, 0, 0, 8, .. "moov"u8,
        .. Enumerable.Repeat<byte[]>([0, 0, 0, 24, .. "moof"u8, 0, 0, 0, 16, .. "mfhd"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 8, .. "mdat"u8], count).SelectMany(b => b),
    ];

    /// <summary>It says it is a photo, and then says nothing.</summary>
    private sealed class Zeros(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            for (var at = 0; at < read; at++)
                buffer[offset + at] = (Position + at) switch { 0 or 2 => 0xFF, 1 => 0xD8, _ => 0 };
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
