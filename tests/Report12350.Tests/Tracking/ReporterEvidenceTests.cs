using System.Net;
using System.Text;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Tracking;

public abstract class ReporterEvidenceTests(ReportApplication app)
{
    private const string Page = "/track/evidence";
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, .. Encoding.UTF8.GetBytes("现场照片的内容")];

    [Fact]
    public async Task Files_added_after_filing_are_sealed_and_listed_by_name()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);

        (await SendAsync(browser, ("楼梯间.jpg", Photo), ("门口.jpg", Photo))).Headers.Location!.ToString().ShouldBe("/track/report");

        var page = await browser.ReadAsync("/track/report");
        page.ShouldContain("楼梯间.jpg");
        page.ShouldContain("门口.jpg");
        page.ShouldContain("您补充了 2 份材料。");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories))
            File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes("现场照片的内容")).ShouldBe(-1);
    }

    [Fact]
    public async Task A_form_without_files_says_what_to_do()
    {
        var browser = await app.ReporterAsync(await app.FileAsync());

        (await (await SendAsync(browser)).TextAsync()).ShouldContain("请先选择文件");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var browser = await app.ReporterAsync(await app.FileAsync());
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Photo), "Files", "a.jpg" } };

        (await browser.PostAsync(Page, form, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_refused_leaves_no_file_behind()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);
        var before = Stored();

        var answer = await SendAsync(browser, ("好的.jpg", Photo), ("坏的.exe", [0x4D, 0x5A, 0, 0, 1]));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.ReportAsync(filed.Id)).Timeline.Count.ShouldBe(1);
        Stored().ShouldBe(before);
    }

    private int Stored() => Directory.Exists(Path.Combine(app.Folder, "evidence"))
        ? Directory.GetFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories).Length
        : 0;

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, params (string Name, byte[] Content)[] files)
    {
        var token = Pages.TokenIn(await browser.ReadAsync(Page));
        using var form = new MultipartFormDataContent { { new StringContent(token), "form-token" } };
        foreach (var (name, content) in files)
            form.Add(new ByteArrayContent(content), "Files", name);
        return await browser.PostAsync(Page, form, TestContext.Current.CancellationToken);
    }
}

public sealed class ReporterEvidenceOnSqliteTests(SqliteApplication app) : ReporterEvidenceTests(app), IClassFixture<SqliteApplication>;

public sealed class ReporterEvidenceOnPostgresTests(PostgresApplication app) : ReporterEvidenceTests(app), IClassFixture<PostgresApplication>;
