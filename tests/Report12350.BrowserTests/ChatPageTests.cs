using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>The conversation's page with its own script: no reload, nothing typed is lost, and the plain page takes over at any point.</summary>
public sealed partial class ChatPageTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private const string First = "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样";
    private static readonly FilePayload Photo = new() { Name = "现场.png", MimeType = "image/png", Buffer = CaseHands.Photograph };

    [Fact(Timeout = 600_000)]
    public async Task On_a_phone_a_report_with_a_photo_is_filed_and_its_acceptance_arrives_without_a_reload()
    {
        await using var visitor = await BeginAsync();
        var page = visitor.Page;
        await page.EvaluateAsync("window.stayed = true");
        await AnsweredLateAsync(visitor, First);
        await ChooseAsync(page, "2");
        (await page.EvaluateAsync<bool>("document.activeElement === document.getElementById('Text')")).ShouldBeTrue("the button that was pressed is gone");
        await UnsentAsync(visitor, "人民路 20 号");
        await ChooseAsync(page, "1");
        (await page.EvaluateAsync<string>("document.activeElement.className")).ShouldBe("answers");
        await ChooseAsync(page, "2");

        await Expect(page.Locator("#voice-record")).ToBeVisibleAsync();
        await page.Locator("[name=Files]").SetInputFilesAsync(Photo);
        await visitor.LookAsync("chat-script-files");
        await page.Locator("#files button:not([type])").ClickAsync();
        await Expect(page.Locator(".thread .ours").Last).ToContainTextAsync("现场.png");
        await Expect(page.Locator(".thread li").Last).ToContainTextAsync("有照片、录像、录音或文件吗");
        await Expect(page.Locator("#Files-hint")).ToContainTextAsync($"还能传 {app.Profile.Uploads.MaxFiles - 1} 个");
        foreach (var answer in (string[])["1", "1", "2"])
            await ChooseAsync(page, answer);
        await Expect(page.Locator("#files")).ToBeHiddenAsync();
        await ChooseAsync(page, "1");

        var receipt = Receipt().Match(await page.Locator(".thread").InnerTextAsync()).Value;
        await visitor.LookAsync("chat-script-receipt");
        var report = await app.Read(db => db.Reports.AsNoTracking().SingleAsync());
        await Expect(page.Locator(".thread")).ToContainTextAsync(report.Number);
        await page.Locator(".answers button").ClickAsync();
        await Expect(page.Locator(".thread li").Last).ToContainTextAsync("好的，这里不再显示");
        await Expect(page.Locator(".thread")).Not.ToContainTextAsync(receipt);
        (await app.OpenAsync(receipt)).Content<ReportAnswers>(report).Place.ShouldBe("人民路 20 号");
        await app.Case(report.Id).AcceptedAsync();
        await Expect(page.Locator(".thread li.just-changed")).ToContainTextAsync("您的举报有新进展：受理");
        await visitor.LookAsync("chat-script-step");
        await SayAsync(page, "查进度");
        await SayAsync(page, receipt);
        await Expect(page.Locator(".thread")).ToContainTextAsync("决定受理。");
        await Expect(page.Locator(".thread")).Not.ToContainTextAsync(receipt);
        await visitor.LookAsync("chat-script-followed");

        (await page.EvaluateAsync<bool>("window.stayed === true")).ShouldBeTrue("the page was never left");
        (await app.Read(db => db.EvidenceFiles.CountAsync(f => f.ReportId == report.Id))).ShouldBe(1);
        visitor.Findings.ShouldBeEmpty();
        visitor.Requests.ShouldAllBe(url => url.StartsWith(app.Site.ToString(), StringComparison.Ordinal));
        visitor.Requests.ShouldNotContain(url => url.Contains(receipt.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        visitor.Complaints.Where(c => !c.Contains("ERR_FAILED", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task Without_a_socket_it_asks_again_and_again_and_with_neither_the_plain_page_goes_on()
    {
        await using var visitor = await chromium.VisitAsync(app.Site, width: 360, height: 800);
        var page = visitor.Page;
        var first = new TaskCompletionSource<IWebSocketRoute>(); // it listens by a socket where it can
        await page.RouteWebSocketAsync(StreamAddress(), socket =>
        {
            if (!first.TrySetResult(socket))
                _ = socket.CloseAsync();
            else
                socket.ConnectToServer();
        });
        await BeginAsync(visitor);
        await (await first.Task).CloseAsync();
        await SayAsync(page, First);
        await ArrivedButNotAnsweredAsync(page, "重大事故隐患");

        var browser = await page.Context.NewCDPSessionAsync(page);
        await ScriptAsync(browser, off: true);
        await page.ReloadAsync();
        await page.Locator("[name=Text]").FillAsync("人民路 20 号");
        await page.Locator("#say button.primary").ClickAsync();
        await Expect(page.Locator(".thread .ours")).ToHaveCountAsync(4);
        await ScriptAsync(browser, off: false);
        await page.ReloadAsync();
        await page.Locator("#chat[data-ready]").WaitForAsync();
        await Expect(page.Locator(".thread .ours").Last).ToContainTextAsync("人民路 20 号");
        await ChooseAsync(page, "1");
        await Expect(page.Locator(".thread .ours").Last).ToContainTextAsync("1 好再来饭店");

        await page.RouteAsync("**/tokens/generate", route => route.FulfillAsync(new RouteFulfillOptions { Status = 403, Body = "{}" }));
        await page.ReloadAsync(new PageReloadOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator(".answers button").First.ClickAsync();
        await Expect(page.Locator(".thread .ours")).ToHaveCountAsync(6);
        await Expect(page.Locator("#chat[data-ready]")).ToHaveCountAsync(0);
    }

    [Fact(Timeout = 600_000)]
    public async Task When_it_is_over_what_was_typed_goes_into_a_new_one()
    {
        await using var visitor = await BeginAsync();
        var page = visitor.Page;
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/chat");
        await page.Locator("[name=Text]").FillAsync(First);
        await other.Locator("form[action*=End] button").ClickAsync();
        await Expect(page.Locator("#Text-error")).ToContainTextAsync("这次对话已经结束");
        await visitor.LookAsync("chat-script-over");
        await page.Locator("#say button.primary").ClickAsync();
        await page.Locator("#chat[data-ready]").WaitForAsync();
        await Expect(page.Locator(".thread .ours")).ToContainTextAsync(First);
        await Expect(page.Locator(".thread li").Last).ToContainTextAsync("开始前请知道");
        visitor.Findings.ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_place_is_shared_only_when_the_button_is_pressed_and_a_refusal_loses_nothing()
    {
        await using var visitor = await BeginAsync();
        var page = visitor.Page;
        await Expect(page.Locator("#share")).ToBeHiddenAsync();
        await SayAsync(page, First);
        await ChooseAsync(page, "2");
        await page.Locator("[name=Text]").FillAsync("后门");
        await page.Locator("#share").PressAsync("Enter");
        await Expect(page.Locator("#share-error")).ToContainTextAsync("没有读到位置");
        await visitor.LookAsync("chat-place-refused");
        (await page.Locator("[name=Text]").InputValueAsync()).ShouldBe("后门");
        await page.Locator("[name=Text]").FillAsync("");

        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await page.Context.SetGeolocationAsync(new Geolocation { Latitude = 22.9663f, Longitude = 115.3238f });
        await page.Locator("#share").PressAsync("Enter");
        await AnsweredAsync(page, 4);
        await Expect(page.Locator(".thread .ours").Last).ToContainTextAsync("(22.96630, 115.32380 WGS-84)");
        await Expect(page.Locator("#share")).ToBeHiddenAsync();
        await visitor.LookAsync("chat-place-shared");
        visitor.Findings.ShouldBeEmpty();
    }

    private async Task<Visitor> BeginAsync()
    {
        var visitor = await chromium.VisitAsync(app.Site, width: 360, height: 800);
        await BeginAsync(visitor);
        return visitor;
    }

    private static async Task BeginAsync(Visitor visitor)
    {
        await visitor.GoAsync("/chat");
        await visitor.LookAsync("chat-first");
        await visitor.Page.Locator(".answers button").ClickAsync();
        await visitor.Page.Locator("#chat[data-ready]").WaitForAsync();
    }

    private static async Task SayAsync(IPage page, string text)
    {
        var said = await page.Locator(".thread .ours").CountAsync();
        await page.Locator("[name=Text]").FillAsync(text);
        await page.Locator("#say button.primary").ClickAsync();
        await AnsweredAsync(page, said + 1);
    }

    private static async Task ChooseAsync(IPage page, string value)
    {
        var said = await page.Locator(".thread .ours").CountAsync();
        await page.Locator($".answers button[value=\"{value}\"]").ClickAsync();
        await AnsweredAsync(page, said + 1);
    }

    private static async Task AnsweredAsync(IPage page, int said)
    {
        await Expect(page.Locator(".thread .ours")).ToHaveCountAsync(said);
        await Expect(page.Locator(".thread li:last-child:not(.ours)")).ToHaveCountAsync(1);
        await Expect(page.Locator("[name=Text]")).ToHaveValueAsync("");
    }

    /// <summary>While the answer is on its way the page says so.</summary>
    private static async Task AnsweredLateAsync(Visitor visitor, string text)
    {
        var page = visitor.Page;
        var asked = new TaskCompletionSource();
        await page.RouteAsync("**/activities", async route =>
        {
            await asked.Task;
            await route.ContinueAsync();
        });
        await page.Locator("[name=Text]").FillAsync(text);
        await page.Locator("#say button.primary").ClickAsync();
        await Expect(page.Locator("#turn")).ToHaveTextAsync("自动服务正在回复…");
        await visitor.LookAsync("chat-script-typing");
        asked.SetResult();
        await AnsweredAsync(page, 2);
        await Expect(page.Locator("#turn")).ToHaveTextAsync("");
        await page.UnrouteAsync("**/activities");
    }

    /// <summary>What did not go stays in the field with the reason, and goes the next time.</summary>
    private static async Task UnsentAsync(Visitor visitor, string text)
    {
        var page = visitor.Page;
        var said = await page.Locator(".thread .ours").CountAsync();
        await page.RouteAsync("**/activities", route => route.AbortAsync());
        await page.Locator("[name=Text]").FillAsync(text);
        await page.Locator("#say button.primary").ClickAsync();
        await Expect(page.Locator("#Text-error")).ToContainTextAsync("没有发出去");
        (await page.Locator("[name=Text]").InputValueAsync()).ShouldBe(text);
        await visitor.LookAsync("chat-script-unsent");
        await page.UnrouteAsync("**/activities");
        await page.Locator("#say button.primary").ClickAsync();
        await AnsweredAsync(page, said + 1);
        await Expect(page.Locator("#Text-error")).ToHaveCountAsync(0);
    }

    /// <summary>The server took it and the answer was lost: it is not sent twice.</summary>
    private static async Task ArrivedButNotAnsweredAsync(IPage page, string text)
    {
        var said = await page.Locator(".thread .ours").CountAsync();
        await page.RouteAsync("**/activities", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.Locator("[name=Text]").FillAsync(text);
        await page.Locator("#say button.primary").ClickAsync();
        await AnsweredAsync(page, said + 1);
        await Expect(page.Locator("#Text-error")).ToHaveCountAsync(0);
        await page.UnrouteAsync("**/activities");
    }

    private static Task ScriptAsync(ICDPSession browser, bool off) =>
        browser.SendAsync("Emulation.setScriptExecutionDisabled", new Dictionary<string, object> { ["value"] = off });

    [GeneratedRegex(@"(\d{5} ){4}\d{5}", RegexOptions.ExplicitCapture)]
    private static partial Regex Receipt();

    [GeneratedRegex("/stream\\?")]
    private static partial Regex StreamAddress();
}
