using System.Net;
using System.Text;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Domain.Access;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;
using Report12350.Tests.Web;
using Report12350.Tracking;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>What could not be cleaned is said, and the reporter decides; so is what may be proof.</summary>
public abstract class DecidingTests(ReportApplication app)
{
    private static readonly byte[] Broken = [0xFF, 0xD8, 0xFF, .. Encoding.UTF8.GetBytes("不是照片")];

    [Fact]
    public async Task A_file_that_cannot_be_cleaned_waits_for_a_word_before_the_form_goes_on()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("next", ("坏的.jpg", new ByteArrayContent(Broken)), ("好的.png", FilingWalk.Png("x")));

        browser.Path.ShouldBe("/report/evidence");
        browser.ErrorOf("Files").ShouldNotBeNull().ShouldContain("清理不了“坏的.jpg”里的隐藏信息");
        browser.Text.ShouldContain("这个文件读不出来，隐藏信息去不掉。 原样提交，经办人可能看到拍照的地点、时间和手机型号。");
        browser.Text.ShouldContain("经办人只看到副本，里面已经去掉：其他附带信息。");

        await browser.SendToAsync("/report/evidence/as-sent", ("id", IdOf(browser, "坏的.jpg")), ("shown", "true"));
        browser.Text.ShouldContain("按您的意思，原样交给经办人。");
        await browser.UploadAsync("next");
        browser.Path.ShouldBe("/report/who");
        await browser.FileAsync();

        var files = (await ReadAsync(FilingWalk.NumberOf(browser))).ToDictionary(f => f.Name, StringComparer.Ordinal);
        (files["坏的.jpg"].ShownAsSent, files["坏的.jpg"].IsHeld, files["坏的.jpg"].Copy).ShouldBe((true, false, null));
        (files["好的.png"].ShownAsSent, files["好的.png"].Copy!.Sha256).ShouldBe((false, files["好的.png"].Copy!.Sha256));
        files["好的.png"].Copy!.Sha256.ShouldNotBe(files["好的.png"].Sha256);
    }

    [Fact]
    public async Task Metadata_is_kept_as_proof_only_at_the_reporters_wish()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("more", ("现场.png", FilingWalk.Png("x")));
        browser.Text.ShouldContain("想用原件作证明？");
        browser.Text.ShouldContain("可能让人认出您");

        await browser.SendToAsync("/report/evidence/as-sent", ("id", IdOf(browser, "现场.png")), ("shown", "true"));
        browser.Text.ShouldContain("按您的意思，经办人除了副本还能看到原件。");
        await browser.FileAsync();

        var file = (await ReadAsync(FilingWalk.NumberOf(browser))).Single();
        file.ShownAsSent.ShouldBeTrue();
        file.Copy.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_draft_that_is_thrown_away_leaves_neither_file_nor_copy()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        var before = Stored();
        await browser.UploadAsync("more", ("现场.png", FilingWalk.Png("x")));
        Stored().ShouldBe(before + 2);
        await browser.SendToAsync("/report/evidence/remove", ("id", IdOf(browser, "现场.png")));
        Stored().ShouldBe(before);
    }

    [Fact]
    public async Task What_a_command_took_away_goes_when_its_change_is_lasting_and_not_before()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("more", ("现场.png", FilingWalk.Png("x")));
        var (file, before) = (Guid.Parse(IdOf(browser, "现场.png")), Stored());
        await using var scope = app.Services.CreateAsyncScope();
        var taken = scope.ServiceProvider.GetRequiredService<FilesTakenAway>();
        var around = new FilesTakenAwayBehaviour<RemoveEvidence, Unit>(taken, scope.ServiceProvider.GetRequiredService<EvidenceFiles>());
        Task<Unit> CommandAsync(bool fails)
        {
            taken.Add([file]);
            Stored().ShouldBe(before);
            return fails ? throw new StaleException() : Task.FromResult(Unit.Value);
        }

        await Should.ThrowAsync<StaleException>(() => around.Handle(new RemoveEvidence(null!, file), default, () => CommandAsync(fails: true)));
        Stored().ShouldBe(before);
        await around.Handle(new RemoveEvidence(null!, file), default, () => CommandAsync(fails: false));
        Stored().ShouldBe(before - 1);
    }

    [Fact]
    public async Task After_filing_the_reporter_decides_with_the_receipt()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);
        var before = Stored();
        await SendAsync(browser, ("坏的.jpg", new ByteArrayContent(Broken)), ("也坏.jpg", new ByteArrayContent(Broken)), ("好的.png", FilingWalk.Png("x")));
        Stored().ShouldBe(before + 4);
        var ids = (await FilesAsync(filed.Number)).ToDictionary(f => f.Description.Name, f => f.Id.ToString(), StringComparer.Ordinal);

        (await browser.ReadAsync("/track/report")).ShouldContain("您决定以前，没有人能打开它。");
        await browser.SendFormAsync("/track/report", [("id", ids["坏的.jpg"]), ("shown", "true")], "/track/report?handler=AsSent");
        await browser.SendFormAsync("/track/report", [("id", ids["也坏.jpg"])], "/track/report?handler=TakeBack");
        await browser.SendFormAsync("/track/report", [("id", ids["好的.png"])], "/track/report?handler=TakeBack");

        var files = (await ReadAsync(filed.Number)).ToDictionary(f => f.Name, StringComparer.Ordinal);
        files.Keys.ShouldBe(["坏的.jpg", "好的.png"], ignoreOrder: true);
        files["坏的.jpg"].IsHeld.ShouldBeFalse();
        Stored().ShouldBe(before + 3);
    }

    [Fact]
    public async Task An_original_is_the_officers_only_with_the_reporters_word()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var reporter = await app.ReporterAsync(filed);
        await SendAsync(reporter, ("现场.png", FilingWalk.Png("x")));
        var officer = await app.As(Role.Officer, CaseHands.Gas, "original");
        officer.StepsUp = true;
        using var browser = app.BrowserOf(officer);
        var id = (await officer.Send(new ReadCase(filed.Number))).Files.Single(f => f.Description.Name == "现场.png").Id;

        using (var refused = await browser.SendFormAsync($"/staff/evidence/{id}/original", []))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await refused.TextAsync()).ShouldNotContain("IHDR");
        }

        await reporter.SendFormAsync("/track/report", [("id", id.ToString()), ("shown", "true")], "/track/report?handler=AsSent");
        using var answer = await browser.SendFormAsync($"/staff/evidence/{id}/original", []);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))
            .ShouldBe(await FilingWalk.Png("x").ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_decides_on_a_file_of_another_report()
    {
        var (mine, other) = (await app.ReporterAsync(await app.FileAsync()), await app.FileAsync());
        var others = await app.ReporterAsync(other);
        await SendAsync(others, ("坏的.jpg", new ByteArrayContent(Broken)));
        var id = (await FilesAsync(other.Number)).Single().Id.ToString();

        await mine.SendFormAsync("/track/report", [("id", id), ("shown", "true")], "/track/report?handler=AsSent");
        await mine.SendFormAsync("/track/report", [("id", id)], "/track/report?handler=TakeBack");

        (await ReadAsync(other.Number)).Single().IsHeld.ShouldBeTrue();
    }

    [Theory]
    [InlineData("照片.exe.jpg", "文件名的结尾像程序")]
    [InlineData("照片.jpg.exe", "文件名的结尾像程序")]
    [InlineData("表格.xlsm", "文件名的结尾像程序")]
    public async Task A_name_with_two_endings_or_a_strange_one_is_refused_with_the_reason(string name, string reason)
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("more", (name, FilingWalk.Png()));
        browser.ErrorOf("Files").ShouldNotBeNull().ShouldContain($"“{name}”没有收下：{reason}");
    }

    [Theory]
    [InlineData("3月5日.现场照片")]
    [InlineData("现场")]
    [InlineData("IMG_2026.03.05.JPG")]
    public async Task A_plain_name_is_taken(string name)
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("more", (name, FilingWalk.Png()));
        browser.ErrorOf("Files").ShouldBeNull();
        browser.Text.ShouldContain(name);
    }

    [Theory]
    [InlineData("%PDF-1.7")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<?PHP echo 1;")]
    public async Task A_file_that_is_two_in_one_is_refused_with_the_reason(string other)
    {
        var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("more", ("照片.png", FilingWalk.Png(other)));
        browser.ErrorOf("Files").ShouldNotBeNull().ShouldContain("“照片.png”没有收下：它里面还藏着另一种文件");
    }

    /// <summary>As the reporter adds files afterwards, without script.</summary>
    private static async Task SendAsync(HttpClient browser, params (string Name, HttpContent Content)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Pages.TokenIn(await browser.ReadAsync("/track/evidence"))), "form-token" } };
        foreach (var (name, content) in files)
            form.Add(content, "Files", name);
        await browser.PostAsync("/track/evidence", form, TestContext.Current.CancellationToken);
    }

    private static string IdOf(FilingBrowser browser, string name) => browser.Page.QuerySelectorAll(".files li")
        .Single(li => li.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("input[name=id]")!.GetAttribute("value")!;

    private async Task<IReadOnlyList<EvidenceDescription>> ReadAsync(string number) => [.. (await FilesAsync(number)).Select(f => f.Description)];

    private async Task<IReadOnlyList<CaseFile>> FilesAsync(string number) => (await (await app.As(Role.Dispatcher)).Send(new ReadCase(number))).Files;

    private int Stored() => Directory.Exists(Path.Combine(app.Folder, "evidence")) ? Directory.GetFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories).Length : 0;
}

public sealed class DecidingOnSqliteTests(SqliteApplication app) : DecidingTests(app), IClassFixture<SqliteApplication>;

public sealed class DecidingOnPostgresTests(PostgresApplication app) : DecidingTests(app), IClassFixture<PostgresApplication>;
