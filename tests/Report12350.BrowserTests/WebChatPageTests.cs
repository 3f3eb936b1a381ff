using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Report12350.Conversations;
using Report12350.Intake;
using Report12350.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>Microsoft's Web Chat as it comes from npm, under a policy without <c>unsafe-*</c>.</summary>
public sealed partial class WebChatPageTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private static readonly FilePayload Photo = new() { Name = "现场.png", MimeType = "image/png", Buffer = CaseHands.Photograph };

    [Fact(Timeout = 600_000)]
    public async Task A_report_with_a_photo_is_filed_and_its_acceptance_arrives()
    {
        await using var visitor = await chromium.VisitAsync(app.Site, width: 1280, height: 900);
        var page = visitor.Page;
        await visitor.GoAsync("/chat/full");
        await ChooseAsync(page, "知道了，开始");
        await SayAsync(page, "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样");
        await visitor.LookAsync("webchat-kind");
        await ChooseAsync(page, "重大事故隐患");
        await SayAsync(page, "人民路 20 号");
        await ChooseAsync(page, "好再来饭店");
        await ChooseAsync(page, "否");
        await page.Locator("#webchat input[type=file]").SetInputFilesAsync(Photo);
        await Expect(page.Locator("#webchat")).ToContainTextAsync("一共 1 个文件");
        foreach (var answer in (string[])["传好了，继续", "匿名", "否", "内容属实，提交"])
            await ChooseAsync(page, answer);

        await Expect(page.Locator("#webchat")).ToContainTextAsync("查询码：");
        await visitor.LookAsync("webchat-receipt");
        var receipt = Receipt().Match(await page.Locator("#webchat").InnerTextAsync()).Value;
        var report = await app.Read(db => db.Reports.AsNoTracking().SingleAsync());
        (await app.OpenAsync(receipt)).Content<ReportAnswers>(report).Place.ShouldBe("人民路 20 号");
        (await app.Read(db => db.EvidenceFiles.CountAsync(f => f.ReportId == report.Id))).ShouldBe(1);

        await Suggested(page, "我已保存").ClickAsync();
        await Expect(page.Locator("#webchat")).ToContainTextAsync("好的，这里不再显示");
        await Expect(page.Locator("#webchat")).Not.ToContainTextAsync(receipt);
        await app.Case(report.Id).AcceptedAsync();
        await Expect(page.Locator("#webchat")).ToContainTextAsync("您的举报有新进展：受理");
        await visitor.LookAsync("webchat-step");
        await SayAsync(page, "查进度");
        await Expect(page.Locator("#webchat")).ToContainTextAsync("输入查询码");
        await SayAsync(page, receipt);
        await Expect(page.Locator("#webchat")).ToContainTextAsync("决定受理。");
        await Expect(page.Locator("#webchat")).Not.ToContainTextAsync(receipt);
        await visitor.LookAsync("webchat-followed");

        visitor.Findings.ShouldBeEmpty();
        visitor.Complaints.ShouldBeEmpty();
        visitor.Requests.ShouldAllBe(url => url.StartsWith(app.Site.ToString(), StringComparison.Ordinal) || url.StartsWith($"blob:{app.Site}", StringComparison.Ordinal));
    }

    [Fact(Timeout = 600_000)]
    public async Task It_speaks_English_goes_on_where_the_plain_page_was_and_without_script_leads_back_there()
    {
        await using var visitor = await chromium.VisitAsync(app.Site, width: 360, height: 800, language: "en");
        var page = visitor.Page;
        await page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = "en", Url = app.Site.ToString() }]);
        await page.RouteAsync("**/lib/webchat-minimal*.js", route => route.AbortAsync());
        await visitor.GoAsync("/chat/full");
        await visitor.LookAsync("webchat-absent-en");
        await page.Locator("#webchat a[href=\"/chat\"]").ClickAsync();
        await page.Locator(".answers button").ClickAsync();
        await Expect(page.Locator(".thread")).ToContainTextAsync("What happened");
        await page.UnrouteAsync("**/lib/webchat-minimal*.js");
        await visitor.GoAsync("/chat/full");
        await Expect(page.Locator("#webchat")).ToContainTextAsync("I understand, begin");
        await Expect(page.Locator("[data-id=webchat-sendbox-input]")).ToHaveAttributeAsync("placeholder", "Type your message");
        await SayAsync(page, "Fifteen gas bottles in the kitchen of a restaurant in Gongping");
        await visitor.LookAsync("webchat-en");
        visitor.Findings.ShouldBeEmpty();
    }

    [Theory(Timeout = 600_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_its_conversation_is_over_or_its_token_has_expired_it_is_drawn_again_with_a_fresh_one(bool expired)
    {
        await using var visitor = await chromium.VisitAsync(app.Site, width: 1280, height: 900);
        var page = visitor.Page;
        await visitor.GoAsync("/chat/full");
        await ChooseAsync(page, "知道了，开始");
        await SayAsync(page, "公平镇好再来饭店厨房放了十几瓶煤气罐");
        await Expect(Suggested(page, "一般隐患")).ToBeVisibleAsync(); // answered, so kept
        async Task<ConversationPass> PassAsync() => ConversationPass.Parse((await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-chat").Value).ShouldNotBeNull();
        var first = await PassAsync();
        if (expired)
        {
            app.Time.Advance(Conversation.Life);
            await SayAsync(page, "还在吗");
        }
        else
        {
            await app.Send(new EndConversation(first));
        }

        await Expect(Said(page)).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        (await PassAsync()).Id.ShouldNotBe(first.Id);
        await ChooseAsync(page, expired ? "知道了，开始" : "一般隐患"); // as long as the draft lives it goes on there
    }

    private static ILocator Suggested(IPage page, string text) => page.Locator(".webchat__suggested-action", new PageLocatorOptions { HasText = text }).First;

    private static async Task ChooseAsync(IPage page, string text)
    {
        await Expect(Suggested(page, text)).ToBeVisibleAsync();
        var said = await Said(page).CountAsync();
        await Suggested(page, text).ClickAsync();
        await Expect(Said(page)).ToHaveCountAsync(said + 1);
    }

    private static async Task SayAsync(IPage page, string text)
    {
        var said = await Said(page).CountAsync();
        await page.Locator("[data-id=webchat-sendbox-input]").FillAsync(text);
        await page.Locator(".webchat__send-button").ClickAsync();
        await Expect(Said(page)).ToHaveCountAsync(said + 1);
    }

    private static ILocator Said(IPage page) => page.Locator("#webchat .webchat__bubble--from-user");

    [GeneratedRegex(@"(\d{5} ){4}\d{5}", RegexOptions.ExplicitCapture)]
    private static partial Regex Receipt();
}
