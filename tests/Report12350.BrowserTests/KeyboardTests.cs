using Microsoft.Playwright;
using OtpNet;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>Filing, following and handling a report by keyboard alone; where the focus is can always be seen.</summary>
public sealed class KeyboardTests(DemoCounty county, Chromium chromium) : IClassFixture<DemoCounty>, IClassFixture<Chromium>
{
    [Fact(Timeout = 1_200_000)]
    public async Task A_report_is_filed_followed_and_written_to_without_a_mouse()
    {
        await using var visitor = await chromium.VisitAsync(county.Site);
        var page = visitor.Page;
        var keys = new Typist(page);
        await visitor.GoAsync("/");
        await keys.FollowAsync("a[href=\"/report\"]", back: false);
        await keys.SendAsync();
        await AnswerTheMatterAsync(page, keys);
        await AnswerForThemselvesAsync(page, keys);
        await ChangeTheUnitAsync(page, keys);
        await keys.TickAsync("TruthPledged");
        await keys.SendAsync();
        var receipt = string.Concat((await page.Locator(".receipt .digits").InnerTextAsync()).Where(char.IsAsciiDigit));
        await keys.TickAsync("Saved");
        await keys.SendAsync();
        page.Url.ShouldEndWith("/report/goodbye");

        await keys.FollowAsync("main a[href=\"/track\"]", back: false);
        await keys.WriteAsync("[name=Receipt]", receipt);
        await keys.FollowAsync();
        page.Url.ShouldEndWith("/track/report");
        await keys.WriteAsync("textarea[name=Text]", "楼梯间的气瓶今天还在。");
        await keys.ReachAsync("main form button.primary");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#thread")).ToContainTextAsync("楼梯间的气瓶今天还在。");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact(Timeout = 1_200_000)]
    public async Task The_skip_link_leads_past_the_header()
    {
        await using var visitor = await chromium.VisitAsync(county.Site);
        var keys = new Typist(visitor.Page);
        foreach (var path in (string[])["/", "/track", "/staff/sign-in"])
        {
            await visitor.GoAsync(path);
            await keys.PressAsync("Tab");
            (await keys.IsOnAsync("a.skip[href=\"#main\"]")).ShouldBeTrue(path);
            await keys.PressAsync("Enter");
            (await keys.FocusedAsync("e => e.id")).ShouldBe("main");
            await keys.PressAsync("Tab");
            (await keys.FocusedAsync("e => e.closest('main') !== null")).ShouldBe("true", path);
        }
    }

    [Theory(Timeout = 1_200_000), InlineData(1280), InlineData(360)]
    public async Task The_focus_goes_as_the_page_is_read(int width)
    {
        await using var visitor = await chromium.VisitAsync(county.Site, width: width);
        var page = visitor.Page;
        var keys = new Typist(page);
        await visitor.GoAsync("/report");
        (await keys.OrderedAsync()).ShouldBeGreaterThan(5);
        await visitor.GoAsync("/report");
        await keys.SendAsync();
        await AnswerTheMatterAsync(page, keys, async () =>
        {
            var here = page.Url;
            (await keys.OrderedAsync()).ShouldBeGreaterThan(5);
            await visitor.GoAsync(here);
        });
    }

    [Fact(Timeout = 1_200_000)]
    public async Task After_a_refusal_the_focus_is_on_what_is_wrong_and_its_lines_lead_to_the_fields()
    {
        await using var visitor = await chromium.VisitAsync(county.Site);
        var page = visitor.Page;
        var keys = new Typist(page);
        await visitor.GoAsync("/report");
        await keys.SendAsync();
        await RefusedAsync(page, keys, "Kind");
        await keys.ChooseAsync("[name=Kind]");
        await keys.SendAsync();
        await RefusedAsync(page, keys, "Sector");
        await keys.ChooseAsync("#Sector-unsure");
        await keys.SendAsync();
        await RefusedAsync(page, keys, "Town");
        await keys.PressAsync("ArrowDown");
        // Refused once more, for what is still missing.
        await RefusedAsync(page, keys, "Place");
        await page.Keyboard.TypeAsync("人民路某超市二楼");
        await keys.SendAsync();
        await RefusedAsync(page, keys, "Unit");
        await page.Keyboard.TypeAsync("好味来大排档");
        await keys.SendAsync();
        await RefusedAsync(page, keys, "Before");
        await keys.ChooseAsync("[name=Before]");
        await keys.SendAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/report/what");
    }

    [Fact(Timeout = 1_200_000)]
    public async Task A_dispatcher_signs_in_finds_a_report_and_accepts_it_without_a_mouse()
    {
        await using var visitor = await chromium.VisitAsync(county.Site);
        var page = visitor.Page;
        var keys = new Typist(page);
        await visitor.GoAsync("/staff/sign-in");
        await keys.WriteAsync("[name=Name]", "dispatcher");
        await keys.WriteAsync("[name=Password]", county.Password);
        await keys.WriteAsync("[name=Code]", new Totp(county.TotpSecret).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await keys.FollowAsync();
        await keys.ReachAsync("select[name=state]");
        for (var i = 0; i < 30 && await keys.FocusedAsync("e => e.value") != "Received"; i++)
            await keys.PressAsync("ArrowDown");
        (await keys.FocusedAsync("e => e.value")).ShouldBe("Received");
        await keys.FollowAsync("form.filters button", back: false);
        await keys.FollowAsync("#worklist a[href^=\"/staff/reports/\"]", back: false);
        await keys.ReachAsync("#Form_Accept button");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#task-Refer")).ToHaveCountAsync(1);
        await Expect(page.Locator("#Form_Accept")).ToHaveCountAsync(0);
    }

    [Fact(Timeout = 1_200_000)]
    public async Task The_worklist_moves_opens_and_searches_by_key()
    {
        await using var visitor = await chromium.VisitAsync(county.Site);
        await county.SignInAsync(visitor, "dispatcher2");
        var page = visitor.Page;
        var keys = new Typist(page);
        await keys.PressAsync("j");
        await keys.PressAsync("j");
        (await page.Locator("tr.current").GetAttributeAsync("id")).ShouldBe(await page.Locator("tr[data-row]").Nth(1).GetAttributeAsync("id"));
        await keys.PressAsync("k");
        await keys.SeenAsync();
        await keys.PressAsync("/");
        (await keys.FocusedAsync("e => e.id")).ShouldBe("number");
        await keys.SeenAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("j");
        await keys.FollowAsync();
        page.Url.ShouldContain("/staff/reports/");
    }

    /// <summary>What, where and when it is; before each page is answered there may be a look at it.</summary>
    private static async Task AnswerTheMatterAsync(IPage page, Typist keys, Func<Task>? look = null)
    {
        await LookAsync("kind");
        await keys.ChooseAsync("[name=Kind]");
        await keys.SendAsync();
        await LookAsync("sector");
        await keys.ReachAsync("summary");
        await keys.PressAsync("Enter");
        await keys.ChooseAsync("[name=Sector]");
        await keys.SendAsync();
        await LookAsync("where");
        await keys.ReachAsync("[name=Town]");
        await keys.PressAsync("ArrowDown");
        await keys.WriteAsync("[name=Place]", "人民路某超市二楼");
        await keys.SendAsync();
        await LookAsync("unit");
        // Past the field and back to it.
        await keys.ReachAsync("main form button.primary");
        await keys.WriteAsync("[name=Unit]", "好味来大排档", back: true);
        await keys.SendAsync();
        await LookAsync("before");
        await keys.ChooseAsync("[name=Before]");
        await keys.SendAsync();
        await LookAsync("what");
        await keys.WriteAsync("[name=Narrative]", "厨房用的煤气瓶放在楼梯间，没有报警器，胶管已经开裂。");
        await keys.SendAsync();
        if (page.Url.EndsWith("/criteria", StringComparison.Ordinal))
        {
            await LookAsync("criteria");
            await keys.ChooseAsync("[name=Criteria][value=none]");
            await keys.SendAsync();
        }

        await LookAsync("when");
        await keys.WriteAsync("[name=When]", "昨天下午");
        await keys.ChooseAsync("[name=StillGoingOn]");
        await keys.ChooseAsync("[name=Urgent]");
        await keys.SendAsync();

        async Task LookAsync(string question)
        {
            page.Url.ShouldEndWith($"/report/{question}");
            if (look is not null)
                await look();
        }
    }

    /// <summary>Files, who they are, the reward; the file box is reached and passed.</summary>
    private static async Task AnswerForThemselvesAsync(IPage page, Typist keys)
    {
        page.Url.ShouldEndWith("/report/evidence");
        await keys.ReachAsync("input[type=file][name=Files]");
        await keys.FollowAsync("button[value=next]", back: false);
        page.Url.ShouldEndWith("/report/who");
        await keys.ChooseAsync("[name=Anonymity]");
        await keys.ChooseAsync("[name=Reporter]");
        await keys.SendAsync();
        page.Url.ShouldEndWith("/report/reward");
        await keys.ChooseAsync("[name=RewardWanted]");
        await keys.WriteAsync("[name=ClaimCode]", "公平2026 路口");
        await keys.WriteAsync("[name=ClaimCodeAgain]", "公平2026 路口");
        await keys.TickAsync("NotExcluded");
        await keys.SendAsync();
        page.Url.ShouldEndWith("/report/check");
    }

    private static async Task ChangeTheUnitAsync(IPage page, Typist keys)
    {
        await keys.FollowAsync("a[href=\"/report/unit?from=check\"]", back: false);
        await keys.ReachAsync("main form button.primary");
        await keys.ReachAsync("[name=Unit]", back: true);
        await keys.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("好味来大排档二店");
        await keys.SendAsync();
        page.Url.ShouldEndWith("/report/check");
        await Expect(page.Locator("main")).ToContainTextAsync("好味来大排档二店");
    }

    private static async Task RefusedAsync(IPage page, Typist keys, string field)
    {
        await keys.ReachAsync("main form button.primary");
        await page.RunAndWaitForResponseAsync(() => keys.PressAsync("Enter"), answer => answer.Request.Method == "POST");
        await Expect(page.Locator($".error-summary li:first-child a[href=\"#{field}\"]")).ToHaveCountAsync(1);
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await keys.SeenAsync();
        await keys.PressAsync("Tab");
        (await keys.IsOnAsync($".error-summary a[href=\"#{field}\"]")).ShouldBeTrue(page.Url);
        await keys.PressAsync("Enter");
        (await keys.FocusedAsync("e => e.id || e.name")).ShouldStartWith(field);
        await keys.SeenAsync();
    }
}
