using System.IO.Compression;
using System.Text;
using ImageMagick;
using ImageMagick.Drawing;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>Files of every kind that give away whatever such files can; each planted word holds <see cref="Planted"/>.</summary>
internal sealed class Corpus(string folder)
{
    public const string Planted = "PLANTED";

    private static readonly string[] Identity =
    [
        "-GPSLatitude=22.9691", "-GPSLatitudeRef=N", "-GPSLongitude=115.3331", "-GPSLongitudeRef=E", "-GPSAltitude=12", "-GPSDateStamp=2026:03:09",
        $"-Make={Planted}-make", $"-Model={Planted}-model", $"-Software={Planted}-software", $"-Artist={Planted}-artist", $"-Copyright={Planted}-copyright",
        $"-OwnerName={Planted}-owner", $"-SerialNumber={Planted}-serial", $"-LensModel={Planted}-lens", $"-UserComment={Planted}-comment",
        $"-ImageDescription={Planted}-description", "-DateTimeOriginal=2026:03:09 08:07:06", "-CreateDate=2019:01:01 00:00:00", "-ModifyDate=2026:03:10 01:02:03",
        $"-XMP-dc:Creator={Planted}-creator", $"-XMP-photoshop:City={Planted}-city", $"-XMP-xmpMM:HistoryWhen=2026:03:09 08:07:06", $"-XMP-xmp:CreatorTool={Planted}-tool",
    ];

    private static readonly string[] Iptc = [$"-IPTC:By-line={Planted}-byline", $"-IPTC:City={Planted}-city", "-IPTC:DateCreated=2026:03:09", $"-Comment={Planted}-comment"];

    private static readonly string[] Filmed =
    [
        "-QuickTime:GPSCoordinates=22.9691 115.3331 12", "-Keys:GPSCoordinates=22.9691 115.3331 12", $"-Keys:Make={Planted}-make", $"-Keys:Model={Planted}-model",
        $"-Keys:Software={Planted}-software", "-Keys:CreationDate=2026:03:09 08:07:06+08:00", $"-ItemList:Artist={Planted}-artist", $"-ItemList:Comment={Planted}-comment",
        $"-UserData:Make={Planted}-make", $"-UserData:Model={Planted}-model", "-UserData:GPSCoordinates=22.9691 115.3331 12", "-CreateDate=2026:03:09 08:07:06", "-ModifyDate=2026:03:10 01:02:03",
        "-TrackCreateDate=2026:03:09 08:07:06", "-MediaCreateDate=2026:03:09 08:07:06", $"-XMP-dc:Creator={Planted}-creator",
    ];

    private static readonly string[] Said =
    [
        "-metadata", $"title={Planted}-title", "-metadata", $"artist={Planted}-artist", "-metadata", $"comment={Planted}-comment", "-metadata", $"encoded_by={Planted}-encoder",
        "-metadata", "creation_time=2026-03-09T08:07:06Z", "-metadata", "location=+22.9691+115.3331/", "-metadata:s", $"handler_name={Planted}-handler",
    ];

    private readonly List<CorpusFile> files = [];

    public static async Task<IReadOnlyList<CorpusFile>> MakeAsync(string folder)
    {
        var corpus = new Corpus(folder);
        await corpus.PicturesAsync();
        await corpus.FilmsAsync();
        await corpus.SoundsAsync();
        corpus.Documents();
        return corpus.files;
    }

    private string Add(string name, string type)
    {
        var path = Path.Combine(folder, name);
        files.Add(new CorpusFile(path, type));
        return path;
    }

    private async Task PicturesAsync()
    {
        foreach (var (format, ending, type) in new[] { (MagickFormat.Jpeg, "jpg", "image/jpeg"), (MagickFormat.Png, "png", "image/png"), (MagickFormat.WebP, "webp", "image/webp") })
        {
            List<string> made = [.. Enumerable.Range(0, 6).Select(n => Picture($"plain{n}.{ending}", type, format, (uint)(400 + (n * 40)), 300))];
            await Tools.TagAsync(Identity, [.. made]);
            if (format is MagickFormat.Jpeg)
                await Tools.TagAsync(Iptc, [.. made]);
            if (format is MagickFormat.Png)
                await Tools.TagAsync([$"-PNG:Author={Planted}-author", $"-PNG:Title={Planted}-title", $"-PNG:Software={Planted}-software", "-PNG:CreationTime=2026:03:09 08:07:06"], [.. made]);
            File.AppendAllText(made[1], $"PK\u0003\u0004{Planted}-trailing");
            await File.AppendAllBytesAsync(made[2], Zip(($"{Planted}.txt", $"{Planted}-trailing")));
        }

        for (var turn = 1; turn <= 8; turn++)
            await Tools.TagAsync([.. Identity, $"-Orientation#={turn}"], Picture($"turned{turn}.jpg", "image/jpeg", MagickFormat.Jpeg, 320, 200));
        var preview = Picture("preview.jpg", "image/jpeg", MagickFormat.Jpeg, 640, 480);
        await Tools.TagAsync([.. Identity, $"-ThumbnailImage<={files[0].Path}", $"-MakerNoteUnknownText={Planted}-maker"], preview);
        var noted = Picture("maker.jpg", "image/jpeg", MagickFormat.Jpeg, 640, 480);
        MakerNote(noted);
        Picture("colours.jpg", "image/jpeg", MagickFormat.Jpeg, 300, 300, image => image.SetProfile(ColorProfiles.AdobeRGB1998));
        Picture("text.png", "image/png", MagickFormat.Png, 300, 300, image => image.SetAttribute("comment", $"{Planted}-text"));
        Picture("clear.png", "image/png", MagickFormat.Png, 300, 300, image =>
        {
            image.Alpha(AlphaAction.Set);
            image.Evaluate(Channels.Alpha, EvaluateOperator.Set, 150);
        });
        foreach (var n in new[] { 1, 2, 3 })
            await HeicAsync($"phone{n}.heic");
    }

    /// <summary>The maker's own block, as cameras write it: nobody but the maker knows its form.</summary>
    private static void MakerNote(string path)
    {
        using var image = new MagickImage(path);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.MakerNote, Encoding.ASCII.GetBytes($"{Planted}-maker-note-of-an-unknown-maker"));
        exif.SetValue(ExifTag.Make, $"{Planted}-make");
        exif.SetValue(ExifTag.DateTimeDigitized, "2026:03:09 08:07:06");
        image.SetProfile(exif);
        image.Write(path, MagickFormat.Jpeg);
    }

    private string Picture(string name, string type, MagickFormat format, uint width, uint height, Action<MagickImage>? with = null)
    {
        using var image = Scene(width, height);
        image.Quality = 95;
        with?.Invoke(image);
        var path = Add(name, type);
        image.Write(path, format);
        return path;
    }

    /// <summary>Four quarters, a slope and a mark, so that a turn or a cut is seen.</summary>
    internal static MagickImage Scene(uint width, uint height)
    {
        var image = new MagickImage("gradient:orange-navy", new MagickReadSettings { Width = width, Height = height });
        image.Draw(new Drawables().FillColor(MagickColors.Green).Rectangle(0, 0, width / 2d, height / 2d).FillColor(MagickColors.White).Circle(width * 0.7, height * 0.7, width * 0.8, height * 0.7));
        return image;
    }

    private async Task HeicAsync(string name)
    {
        var (source, path) = (Path.Combine(folder, name + ".source.png"), Add(name, "image/heic"));
        using (var scene = Scene(320, 240))
            await scene.WriteAsync(source);
        await Tools.RunAsync("heif-enc", ["-q", "90", source, "-o", path]);
        File.Delete(source);
        await Tools.TagAsync(Identity, path);
    }

    private async Task FilmsAsync()
    {
        foreach (var (name, type, output) in new (string, string, string[])[]
        {
            ("late.mp4", "video/mp4", []), ("early.mp4", "video/mp4", ["-movflags", "+faststart"]), ("pieces.mp4", "video/mp4", ["-movflags", "+frag_keyframe+empty_moov"]),
            ("late.mov", "video/quicktime", []), ("early.mov", "video/quicktime", ["-movflags", "+faststart"]), ("turned.mov", "video/quicktime", ["-metadata:s:v", "rotate=90"]),
        })
        {
            var path = Add(name, type);
            await Tools.FfmpegAsync([
                "-f", "lavfi", "-i", "testsrc=duration=1:size=128x96:rate=10", "-f", "lavfi", "-i", "sine=duration=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-c:a", "aac",
                .. Said, "-movflags", "+use_metadata_tags", .. output, path]);
            if (!name.StartsWith("pieces", StringComparison.Ordinal))
                await Tools.TagAsync(Filmed, path);
        }

        await File.AppendAllBytesAsync(Path.Combine(folder, "late.mp4"), Zip(($"{Planted}.txt", $"{Planted}-trailing")));
        var large = Add("large.mp4", "video/mp4");
        await Tools.FfmpegAsync(["-f", "lavfi", "-i", "testsrc2=duration=6:size=640x480:rate=25", "-c:v", "libx264", "-crf", "12", "-preset", "ultrafast", .. Said, large]);
        foreach (var (name, codec) in new[] { ("eight.webm", "libvpx"), ("nine.webm", "libvpx-vp9") })
        {
            await Tools.FfmpegAsync([
                "-f", "lavfi", "-i", "testsrc=duration=1:size=128x96:rate=10", "-f", "lavfi", "-i", "sine=duration=1", "-c:v", codec, "-b:v", "100k", "-c:a", "libopus", .. Said, Add(name, "video/webm")]);
        }
    }

    private async Task SoundsAsync()
    {
        foreach (var (name, type, output) in new (string, string, string[])[]
        {
            ("voice.m4a", "audio/mp4", ["-c:a", "aac"]), ("early.m4a", "audio/mp4", ["-c:a", "aac", "-movflags", "+faststart"]),
            ("voice.mp3", "audio/mpeg", ["-c:a", "libmp3lame"]), ("both.mp3", "audio/mpeg", ["-c:a", "libmp3lame", "-id3v2_version", "3", "-write_id3v1", "1"]),
            ("voice.wav", "audio/wav", ["-c:a", "pcm_s16le"]), ("broadcast.wav", "audio/wav", ["-c:a", "pcm_s16le", "-write_bext", "1", "-metadata", $"originator={Planted}-originator", "-metadata", "origination_date=2026-03-09"]),
        })
        {
            await Tools.FfmpegAsync(["-f", "lavfi", "-i", "sine=duration=2", .. Said, .. output, Add(name, type)]);
        }

        await Tools.TagAsync(Filmed, Path.Combine(folder, "voice.m4a"));
        // Frames of the highest rate, of which no two are alike.
        var frames = Enumerable.Range(0, 100).SelectMany(n => (byte[])[0x3C, .. Enumerable.Range(0, 31).Select(at => (byte)((n * 37) + (at * 11)))]);
        foreach (var name in (string[])["call.amr", "trailing.amr"])
            await File.WriteAllBytesAsync(Add(name, "audio/amr"), [.. "#!AMR\n"u8, .. frames]);
        await File.AppendAllBytesAsync(Path.Combine(folder, "trailing.amr"), Zip(($"{Planted}.txt", $"{Planted}-trailing")));
        await File.AppendAllBytesAsync(Path.Combine(folder, "voice.wav"), Zip(($"{Planted}.txt", $"{Planted}-trailing")));
    }

    private void Documents()
    {
        var photo = File.ReadAllBytes(Path.Combine(folder, "plain0.jpg"));
        for (var n = 1; n <= 4; n++)
            File.WriteAllBytes(Add($"letter{n}.pdf", "application/pdf"), Papers.Pdf(photo, n));
        foreach (var n in new[] { 1, 2, 3 })
            File.WriteAllBytes(Add($"letter{n}.docx", CorpusFile.Docx), Papers.Docx(photo, n));
        foreach (var n in new[] { 1, 2, 3 })
            File.WriteAllBytes(Add($"table{n}.xlsx", CorpusFile.Xlsx), Papers.Xlsx(photo, n));
        File.WriteAllText(Add("words.txt", "text/plain"), "煤气瓶五个\r\n就在楼梯下面");
    }

    internal static byte[] Zip(params (string Name, string Text)[] entries) => Zip([.. entries.Select(e => (e.Name, Encoding.UTF8.GetBytes(e.Text)))]);

    internal static byte[] Zip(IReadOnlyList<(string Name, byte[] Bytes)> entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return zip.ToArray();
    }
}

internal sealed record CorpusFile(string Path, string Type)
{
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Name => System.IO.Path.GetFileName(Path);
}
