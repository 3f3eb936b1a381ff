using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Report12350.Domain.Access;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tests.Web;
using Report12350.Tracking;

namespace Report12350.Tests.Faults;

/// <summary>On SQLite, with no patience for who holds the lock.</summary>
public sealed class ImpatientApplication : SqliteApplication
{
    /// <summary>Somebody else holds the database until it is closed.</summary>
    public async Task<SqliteConnection> LockAsync()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, "report12350.db"), Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Database:WaitSeconds", "1");
    }
}

/// <summary>数据库被占用: a clear page, what was typed kept on it, and one press sends it again.</summary>
public sealed class DatabaseLockedTests(ImpatientApplication app) : IClassFixture<ImpatientApplication>
{
    private const string Typed = "厨房用的煤气瓶放在楼梯间,没有报警器,夜里还锁门。<b>不是</b>格式\n第二行";

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task What_was_typed_into_the_form_is_sent_again_with_one_press(string language)
    {
        using var browser = await FilingWalk.StartAsync(app, "/report/what", language);
        await using (await app.LockAsync())
        {
            await browser.SendAsync(("Narrative", Typed), ("Witnesses", "门卫"), ("ReportedElsewhere", ""));
            browser.ShouldBeToldToSendAgain(language, Typed, "门卫");
            browser.Page.QuerySelector("details .prose")!.TextContent.ShouldBe(Typed);
            browser.Path.ShouldBe("/report/what");
            await browser.SendAgainAsync();
            browser.ShouldBeToldToSendAgain(language, Typed, "门卫");
        }

        await browser.SendAgainAsync();
        browser.Path.ShouldNotBe("/report/what");
        await browser.OpenAsync("/report/what");
        browser.ValueOf("Narrative")!.Trim().ShouldBe(Typed);
        browser.ValueOf("Witnesses").ShouldBe("门卫");
    }

    [Fact]
    public async Task A_report_that_could_not_be_filed_is_filed_once_when_sent_again()
    {
        using var browser = await FilingWalk.StartAsync(app, "/report/check");
        var before = await app.ReportCountAsync();
        await using (await app.LockAsync())
        {
            await browser.SendAsync(("TruthPledged", "true"));
            browser.ShouldBeToldToSendAgain();
        }

        (await app.ReportCountAsync()).ShouldBe(before);
        await browser.SendAgainAsync();
        browser.Path.ShouldBe("/report/done");
        (await app.ReportCountAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Beginning_a_report_says_so_too()
    {
        using var browser = new FilingBrowser(app);
        await browser.OpenAsync("/report");
        await using var held = await app.LockAsync();
        var answer = await browser.PostAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.TextAsync()).ShouldContain("没有保存成功");
    }

    [Fact]
    public async Task A_file_that_could_not_be_saved_leaves_nothing_behind_and_the_draft_as_it_was()
    {
        using var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("more", ("第一张.png", FilingWalk.Png("1")));
        var files = Directory.GetFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories).Length;
        var token = browser.Token;
        await using (await app.LockAsync())
        {
            var answer = await browser.UploadAsync(token, "more", [("第二张.png", FilingWalk.Png("2"))]);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await answer.TextAsync()).ShouldContain("前面已经保存的回答和文件都还在");
        }

        Directory.GetFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories).Length.ShouldBe(files);
        await browser.OpenAsync("/report/evidence");
        browser.Text.ShouldContain("第一张.png");
        browser.Text.ShouldNotContain("第二张.png");
        await browser.UploadAsync("next", ("第二张.png", FilingWalk.Png("2")));
        browser.Path.ShouldBe("/report/who");
    }

    [Fact]
    public async Task A_message_of_the_reporter_arrives_once_when_sent_again()
    {
        var filed = await app.FileAsync();
        using var browser = new FilingBrowser(app);
        await browser.OpenAsync("/track");
        await browser.SendAsync(("Receipt", filed.Receipt));
        await using (await app.LockAsync())
        {
            var fields = new[] { KeyValuePair.Create("Text", "今天又开工了,请尽快来看一下这里"), KeyValuePair.Create("form-token", browser.Token) };
            var answer = await browser.Client.PostAsync("/track/report?handler=Message", new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            var page = await answer.TextAsync();
            page.ShouldContain("action=\"/track/report?handler=Message\"");
            page.ShouldContain("value=\"今天又开工了,请尽快来看一下这里\"");
        }

        (await app.ReportAsync(filed.Id)).Timeline.Count.ShouldBe(1);
        await browser.OpenAsync("/track/report");
        await browser.Client.SendFormAsync("/track/report", [("Text", "今天又开工了,请尽快来看一下这里")], "/track/report?handler=Message");
        (await app.ReportAsync(filed.Id)).Timeline.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_an_officer_wrote_is_sent_again_with_one_press()
    {
        var filed = await app.FileAsync();
        await app.AcceptAsync(filed);
        var dispatcher = await app.As(Role.Dispatcher);
        using var browser = new FilingBrowser(app, staff: dispatcher);
        await browser.OpenAsync($"/staff/reports/{filed.Number}");
        var version = await app.VersionAsync(filed.Id);
        string page;
        await using (await app.LockAsync())
        {
            var token = KeyValuePair.Create("form-token", Pages.TokenIn(browser.Html));
            var answer = await browser.Client.PostAsync($"/staff/reports/{filed.Number}?handler=AddNote", new FormUrlEncodedContent(
                [KeyValuePair.Create("Version", $"{version}"), KeyValuePair.Create("Form.AddNote.Text", "已与街道电话核实,地址无误。"), token]), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            page = await answer.TextAsync();
            await browser.ShouldNotOpenAsync($"/staff/reports/{filed.Number}");
        }

        var again = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page).QuerySelector("main form")!;
        again.GetAttribute("action").ShouldBe($"/staff/reports/{filed.Number}?handler=AddNote");
        var fields = again.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!));
        await browser.Client.PostAsync(again.GetAttribute("action"), new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
        (await dispatcher.Send(new ReadCase(filed.Number))).Timeline.Count(e => e.Text == "已与街道电话核实,地址无误。").ShouldBe(1);
    }

    [Fact]
    public async Task A_password_is_not_sent_back()
    {
        using var browser = new FilingBrowser(app);
        var hands = await app.As(Role.Auditor);
        await browser.OpenAsync("/staff/sign-in");
        await using var held = await app.LockAsync();
        await browser.SendAsync(("Name", hands.Name), ("Password", "a typed secret phrase"), ("Code", "123456"));
        browser.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        browser.Html.ShouldNotContain("a typed secret phrase");
        browser.Html.ShouldNotContain("123456");
    }
}
