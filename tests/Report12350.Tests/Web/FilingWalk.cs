using Report12350.Tests.Evidence;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Web;

/// <summary>The whole form, answered page by page as a visitor would.</summary>
internal static class FilingWalk
{
    public const string Narrative = "厨房用的煤气瓶放在楼梯间,没有报警器。夜里锁门。";

    private static readonly (string Page, (string, string)[] Answers)[] Answers =
    [
        ("/report", []),
        ("/report/kind", [("Kind", "GeneralHazard")]),
        ("/report/sector", [("Sector", "gas")]),
        ("/report/where", [("Town", "gongping"), ("Place", "人民路某超市二楼")]),
        ("/report/unit", [("Unit", "某餐馆"), ("UnitCreditCode", "")]),
        ("/report/before", [("Before", "first")]),
        ("/report/what", [("Narrative", Narrative), ("Witnesses", ""), ("ReportedElsewhere", "")]),
        ("/report/criteria", [("Criteria", "none")]),
        ("/report/when", [("When", "昨天下午"), ("StillGoingOn", "True"), ("Urgent", "False")]),
        ("/report/evidence", []),
        ("/report/who", [("Anonymity", "Anonymous")]),
        ("/report/reward", [("RewardWanted", "False")]),
    ];

    /// <summary>Answers from where the browser stands until the wanted page.</summary>
    public static async Task<FilingBrowser> WalkToAsync(this FilingBrowser browser, string page)
    {
        if (!browser.Path.StartsWith("/report", StringComparison.Ordinal))
            await browser.OpenAsync("/report");
        while (browser.Path != page)
        {
            var here = browser.Path;
            if (here == "/report/evidence")
                await browser.UploadAsync("next");
            else
                await browser.SendAsync(Answers.Single(a => a.Page == here).Answers);
            browser.Path.ShouldNotBe(here, browser.Text);
        }

        return browser;
    }

    public static Task<FilingBrowser> StartAsync(ReportApplication app, string page, string? language = null) =>
        new FilingBrowser(app, language).WalkToAsync(page);

    public static async Task<FilingBrowser> FileAsync(this FilingBrowser browser)
    {
        await browser.WalkToAsync("/report/check");
        await browser.SendAsync(("TruthPledged", "true"));
        browser.Path.ShouldBe("/report/done", browser.Text);
        return browser;
    }

    public static string ReceiptOf(FilingBrowser browser) => string.Concat(browser.Page.QuerySelectorAll(".digits span").Select(five => five.TextContent));

    public static string NumberOf(FilingBrowser browser) => browser.Page.QuerySelector(".receipt strong")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    public static HttpContent Png(string marker = "") => new ByteArrayContent(PngFile.Small(marker));
}
