using System.Net;
using System.Text;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Web;

public abstract class FilingEvidenceTests(ReportApplication app)
{
    private const string Marker = "PLANTED-8f1c-secret";

    [Fact]
    public async Task Several_files_in_one_post_are_taken_and_listed()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("more", ("楼梯间.png", FilingWalk.Png()), ("说明.txt", new StringContent("煤气瓶五个")));
        browser.Path.ShouldBe("/report/evidence");
        Names(browser).ShouldBe(["楼梯间.png", "说明.txt"], ignoreOrder: true);
        await browser.UploadAsync("next", ("再一张.png", FilingWalk.Png()));
        browser.Path.ShouldBe("/report/who");
        await browser.FileAsync();
    }

    [Fact]
    public async Task Files_that_are_not_taken_are_named_with_the_reason_and_the_others_are_kept()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("next",
            ("程序.png", new ByteArrayContent([0x4D, 0x5A, 0x90, 0, 3])),
            ("好的.png", FilingWalk.Png()),
            ("空的.txt", new ByteArrayContent([])));
        browser.Path.ShouldBe("/report/evidence");
        var error = browser.ErrorOf("Files").ShouldNotBeNull();
        error.ShouldContain("“程序.png”没有收下：只收");
        error.ShouldContain("“空的.txt”没有收下：这是一个空文件");
        Names(browser).ShouldBe(["好的.png"]);
    }

    [Fact]
    public async Task Pictures_and_pages_that_can_run_are_not_taken_and_a_name_loses_its_path()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("next",
            ("图.svg", new StringContent("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")),
            ("图.png", new StringContent("<!doctype html><script>alert(1)</script>")),
            ("..\\..\\etc/../keys/好的.png", FilingWalk.Png()));

        var error = browser.ErrorOf("Files").ShouldNotBeNull();
        error.ShouldContain("“图.svg”没有收下");
        error.ShouldContain("“图.png”没有收下");
        Names(browser).ShouldBe(["好的.png"]);
    }

    [Fact]
    public async Task A_photo_over_its_limit_is_refused_and_leaves_nothing_behind()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        var files = EvidenceFiles();
        var large = new StreamContent(new Zeros(app.Profile.Uploads.MaxPhotoBytes + 1));
        await browser.UploadAsync("more", ("巨大.png", large), ("小的.txt", new StringContent("小")));
        browser.ErrorOf("Files").ShouldNotBeNull().ShouldContain("超过 20 MB");
        Names(browser).ShouldBe(["小的.txt"]);
        EvidenceFiles().Length.ShouldBe(files.Length + 2, "the other and its working copy");
    }

    [Fact]
    public async Task One_file_too_many_is_refused_until_one_is_removed()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        var most = app.Profile.Uploads.MaxFiles;
        await browser.UploadAsync("more", [.. Enumerable.Range(1, most + 1).Select(n => ($"{n}.png", FilingWalk.Png()))]);
        browser.Text.ShouldContain($"“{most + 1}.png”没有收下：最多 {most} 个文件");
        Names(browser).Length.ShouldBe(most);

        var files = EvidenceFiles().Length;
        await RemoveFirstAsync(browser);
        Names(browser).Length.ShouldBe(most - 1);
        EvidenceFiles().Length.ShouldBe(files - 2);
        await browser.UploadAsync("more", ("十.png", FilingWalk.Png()));
        Names(browser).Length.ShouldBe(most);
    }

    [Fact]
    public async Task Sending_no_file_says_so_and_going_on_without_is_fine()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        var nothing = new ByteArrayContent([]);
        nothing.Headers.ContentDisposition = new("form-data") { Name = "Files", FileName = "\"\"" };
        await browser.UploadAsync("more", (" ", nothing));
        browser.ErrorOf("Files").ShouldNotBeNull().ShouldContain("还没有选文件");
        await browser.UploadAsync("next");
        browser.Path.ShouldBe("/report/who");
    }

    [Fact]
    public async Task A_wrong_token_or_one_that_does_not_come_first_is_refused()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        var files = EvidenceFiles().Length;
        (await browser.UploadAsync("wrong", "more", ("一.png", FilingWalk.Png()))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var late = new MultipartFormDataContent { { FilingWalk.Png(), "Files", "一.png" }, { new StringContent(browser.Token), "form-token" } };
        (await browser.Client.PostAsync("/report/evidence", late, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.Client.PostAsync("/report/evidence", new StringContent("no form"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        EvidenceFiles().Length.ShouldBe(files);
    }

    [Fact]
    public async Task A_file_is_never_unsealed_on_the_disk_not_even_while_it_comes_in()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        var (before, seen) = (EvidenceFiles().Length, 0);
        var content = new Watched(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Marker, 200_000))), () =>
        {
            seen = EvidenceFiles().Length - before;
            FilesWithMarker().ShouldBeEmpty();
        });
        await browser.UploadAsync("more", ($"{Marker}.txt", content));
        Names(browser).ShouldBe([$"{Marker}.txt"]);
        seen.ShouldBe(1);
        FilesWithMarker().ShouldBeEmpty();
    }

    private static string[] Names(FilingBrowser browser) =>
        [.. browser.Page.QuerySelectorAll(".files li > span").Select(e => e.ChildNodes.First(n => n.NodeType == AngleSharp.Dom.NodeType.Text && n.TextContent.Trim().Length > 0).TextContent.Trim())];

    private static async Task RemoveFirstAsync(FilingBrowser browser)
    {
        var form = browser.Page.QuerySelector(".files form")!;
        var fields = form.QuerySelectorAll("input").Select(i => new KeyValuePair<string, string>(i.GetAttribute("name")!, i.GetAttribute("value")!));
        await browser.Client.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
        await browser.OpenAsync("/report/evidence");
    }

    private string[] EvidenceFiles() =>
        Directory.Exists(Path.Combine(app.Folder, "evidence")) ? Directory.GetFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories) : [];

    private IEnumerable<string> FilesWithMarker() =>
        Directory.GetFiles(app.Folder, "*", SearchOption.AllDirectories).Concat(Directory.GetFiles(Path.GetTempPath(), "ASPNETCORE_*")).Where(Holds);

    private static bool Holds(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new BinaryReader(stream);
            return reader.ReadBytes((int)stream.Length).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Marker)) >= 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Sends most of itself, lets the test look, and sends the rest.</summary>
    private sealed class Watched(byte[] bytes, Action look) : HttpContent
    {
        private const int Rest = 1000;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - Rest));
            await stream.FlushAsync();
            look();
            await stream.WriteAsync(bytes.AsMemory(bytes.Length - Rest));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A picture's head and then nothing, for as long as asked.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private static readonly byte[] Head = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        private long at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = (int)Math.Min(count, length - at);
            buffer.AsSpan(offset, taken).Clear();
            if (at == 0)
                Head.CopyTo(buffer, offset);
            at += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

public sealed class FilingEvidenceOnSqliteTests(SqliteApplication app) : FilingEvidenceTests(app), IClassFixture<SqliteApplication>;

public sealed class FilingEvidenceOnPostgresTests(PostgresApplication app) : FilingEvidenceTests(app), IClassFixture<PostgresApplication>;
