using Microsoft.Playwright;
using Report12350.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>The whole form with script turned off: refused, gone back, changed, read in the other language, and filed under a name with a wish for a reward.</summary>
public sealed class WithoutScriptTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private const string Narrative = "厨房用的煤气瓶放在楼梯间，没有报警器，胶管已经开裂。";

    [Fact(Timeout = 1_200_000)]
    public async Task A_named_report_with_a_wish_for_a_reward_is_filed_and_followed()
    {
        await using var visitor = await chromium.VisitAsync(app.Site, script: false, width: 360, height: 800);
        var page = visitor.Page;
        await BeginAsync(visitor);
        await PlaceAsync(visitor);
        await DescribeAsync(visitor);
        await SpeakEnglishAsync(visitor);
        await NameThemselvesAsync(visitor);
        await ChangeFromTheCheckAsync(visitor);

        await visitor.ContinueAsync();
        await RefusedAsync(page, "TruthPledged");
        await page.Locator("input[type=checkbox][name=TruthPledged]").CheckAsync();
        await visitor.ContinueAsync();
        var receipt = await page.Locator(".receipt .digits").InnerTextAsync();
        await visitor.ContinueAsync();
        await RefusedAsync(page, "Saved");
        (await page.Locator(".receipt .digits").InnerTextAsync()).ShouldBe(receipt);
        await page.Locator("input[type=checkbox][name=Saved]").CheckAsync();
        await visitor.ContinueAsync();
        At(page, "/report/goodbye");

        await page.Locator("main a[href=\"/track\"]").ClickAsync();
        await visitor.FillAsync("Receipt", receipt);
        await visitor.ContinueAsync();
        At(page, "/track/report");
        await Expect(page.Locator("main")).ToContainTextAsync("好味来大排档二店");
        await Expect(page.Locator("#reward")).ToHaveCountAsync(1);
        visitor.Requests.ShouldNotContain(url => url.EndsWith(".js", StringComparison.Ordinal));
    }

    private static async Task BeginAsync(Visitor visitor)
    {
        await visitor.GoAsync("/");
        await visitor.Page.Locator("main a[href=\"/report\"]").First.ClickAsync();
        await visitor.ContinueAsync();
        await visitor.ContinueAsync();
        await RefusedAsync(visitor.Page, "Kind");
        await visitor.ChooseAsync("Kind", "MajorHazard");
        await visitor.ContinueAsync();
        await visitor.Page.Locator("details:has(input[value=\"gas\"]) summary").ClickAsync();
        await visitor.ChooseAsync("Sector", "gas");
        await visitor.ContinueAsync();
        await BackAsync(visitor.Page, "/report/sector");
        await Expect(visitor.Page.Locator("input[value=gas]")).ToBeCheckedAsync();
        await BackAsync(visitor.Page, "/report/kind");
        await Expect(visitor.Page.Locator("input[value=MajorHazard]")).ToBeCheckedAsync();
        await visitor.ContinueAsync();
        await visitor.ContinueAsync();
    }

    private static async Task PlaceAsync(Visitor visitor)
    {
        At(visitor.Page, "/report/where");
        await visitor.FillAsync("Place", "人民路某超市二楼");
        await visitor.ContinueAsync();
        await RefusedAsync(visitor.Page, "Town");
        await KeptAsync(visitor.Page, "Place", "人民路某超市二楼");
        await visitor.Page.Locator("[name=Town]").SelectOptionAsync("gongping");
        await visitor.ContinueAsync();
        await visitor.FillAsync("Unit", "好味来大排档");
        await visitor.FillAsync("UnitCreditCode", "123");
        await visitor.ContinueAsync();
        await RefusedAsync(visitor.Page, "UnitCreditCode");
        await KeptAsync(visitor.Page, "Unit", "好味来大排档");
        await KeptAsync(visitor.Page, "UnitCreditCode", "123");
        await visitor.FillAsync("UnitCreditCode", "");
        await visitor.ContinueAsync();
        At(visitor.Page, "/report/before");
        await visitor.ContinueAsync();
        await RefusedAsync(visitor.Page, "Before");
        await visitor.ChooseAsync("Before", "first");
        await visitor.ContinueAsync();
    }

    private static async Task DescribeAsync(Visitor visitor)
    {
        At(visitor.Page, "/report/what");
        await visitor.FillAsync("Narrative", Narrative);
        await visitor.ContinueAsync();
        if (visitor.Page.Url.EndsWith("/criteria", StringComparison.Ordinal))
        {
            await visitor.Page.Locator("input[name=Criteria]").Last.CheckAsync();
            await visitor.ContinueAsync();
        }

        await visitor.FillAsync("When", "昨天下午");
        await visitor.ContinueAsync();
        await RefusedAsync(visitor.Page, "StillGoingOn");
        await KeptAsync(visitor.Page, "When", "昨天下午");
        await visitor.ChooseAsync("StillGoingOn", "True");
        await visitor.ChooseAsync("Urgent", "False");
        await visitor.ContinueAsync();
    }

    /// <summary>In the middle of the form, the page stays and so does every answer given.</summary>
    private static async Task SpeakEnglishAsync(Visitor visitor)
    {
        var page = visitor.Page;
        At(page, "/report/evidence");
        await page.Locator("button[name=lang][value=en]").ClickAsync();
        At(page, "/report/evidence");
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("en");
        await BackAsync(page, "/report/when");
        await KeptAsync(page, "When", "昨天下午");
        await Expect(page.Locator("input[name=StillGoingOn][value=True]")).ToBeCheckedAsync();
        await visitor.ContinueAsync();
        await page.Locator("button[value=next]").ClickAsync();
    }

    private static async Task NameThemselvesAsync(Visitor visitor)
    {
        var page = visitor.Page;
        At(page, "/report/who");
        await visitor.ChooseAsync("Anonymity", "Named");
        await visitor.FillAsync("Phone", "13800001234");
        await visitor.ChooseAsync("Reporter", "Employee");
        await visitor.ContinueAsync();
        await RefusedAsync(page, "Name");
        await KeptAsync(page, "Phone", "13800001234");
        await visitor.FillAsync("Name", "陈某");
        await visitor.ContinueAsync();
        await visitor.ChooseAsync("RewardWanted", "True");
        await visitor.FillAsync("ClaimCode", "123");
        await visitor.FillAsync("ClaimCodeAgain", "123");
        await page.Locator("input[type=checkbox][name=NotExcluded]").CheckAsync();
        await visitor.ContinueAsync();
        await RefusedAsync(page, "ClaimCode");
        await visitor.FillAsync("ClaimCode", "my claim code 1");
        await visitor.FillAsync("ClaimCodeAgain", "my claim code 2");
        await visitor.ContinueAsync();
        await RefusedAsync(page, "ClaimCodeAgain");
        await visitor.FillAsync("ClaimCode", "my claim code 1");
        await visitor.FillAsync("ClaimCodeAgain", "my claim code 1");
        await visitor.ContinueAsync();
    }

    private static async Task ChangeFromTheCheckAsync(Visitor visitor)
    {
        var page = visitor.Page;
        At(page, "/report/check");
        foreach (var words in (string[])["人民路某超市二楼", "好味来大排档", Narrative, "昨天下午", "陈某", "13800001234"])
            await Expect(page.Locator("main")).ToContainTextAsync(words);
        await page.Locator("a[href=\"/report/unit?from=check\"]").First.ClickAsync();
        await BackAsync(page, "/report/check");
        await page.Locator("a[href=\"/report/unit?from=check\"]").First.ClickAsync();
        await visitor.FillAsync("Unit", "");
        await visitor.ContinueAsync();
        await RefusedAsync(page, "Unit");
        await visitor.FillAsync("Unit", "好味来大排档二店");
        await visitor.ContinueAsync();
        At(page, "/report/check");
        await Expect(page.Locator("main")).ToContainTextAsync("好味来大排档二店");
        await page.Locator("button[name=lang][value=\"zh-CN\"]").ClickAsync();
        At(page, "/report/check");
        await Expect(page.Locator("main")).ToContainTextAsync("好味来大排档二店");
    }

    private static async Task BackAsync(IPage page, string to)
    {
        await page.Locator("a.back").ClickAsync();
        At(page, to);
    }

    private static async Task RefusedAsync(IPage page, string field)
    {
        await Expect(page.Locator($".error-summary a[href=\"#{field}\"]")).ToHaveCountAsync(1);
        await Expect(page.Locator($"#{field}-error")).ToBeVisibleAsync();
    }

    private static Task KeptAsync(IPage page, string field, string typed) => Expect(page.Locator($"[name={field}]")).ToHaveValueAsync(typed);

    private static void At(IPage page, string path) => new Uri(page.Url).AbsolutePath.ShouldBe(path);
}
