using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>The draft on the reporter's device: it outlives the window, opens nowhere else, and goes when it should.</summary>
public sealed class DeviceDraftTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>, IDisposable
{
    private const string Marker = "梧桐巷口那家的蓝色铁门后面";
    private const string Narrative = Marker + "，煤气瓶放在楼梯间，没有报警器。";
    private const string Database = "report12350-draft";

    private readonly string profile = Directory.CreateTempSubdirectory("report12350-device-").FullName;

    public void Dispose() => Directory.Delete(profile, recursive: true);

    [Theory(Timeout = 600_000), InlineData(360, "zh-CN"), InlineData(1280, "en")]
    public async Task What_was_typed_survives_the_closed_browser_and_the_report_goes_on_where_it_stopped(int width, string language)
    {
        await using (var visitor = await VisitAsync(width, language))
        {
            await TellAsync(visitor);
            await visitor.LookAsync($"device-what-{language}");
            (await visitor.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).ShouldBe(0);
            (await visitor.Page.EvaluateAsync<string>(ExportKey)).ShouldBe("InvalidAccessError");
            visitor.Findings.ShouldBeEmpty();
        }

        Holding(Marker).ShouldBeEmpty();
        Holding(Database).ShouldNotBeEmpty("the search finds what is there");
        await using (var visitor = await VisitAsync(width, language))
        {
            (await visitor.Page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "__Host-draft");
            await visitor.GoAsync("/report");
            await Expect(visitor.Page.Locator("#device-draft")).ToBeVisibleAsync();
            await visitor.LookAsync($"device-notice-{language}");
            await visitor.Page.Locator("[data-go-on]").ClickAsync();
            await visitor.Page.WaitForURLAsync("**/report/what");
            await Expect(visitor.Page.Locator("[name=Narrative]")).ToHaveValueAsync(Narrative);
            await visitor.ContinueAsync();
            await visitor.GoAsync("/report/unit");
            await Expect(visitor.Page.Locator("[name=Unit]")).ToHaveValueAsync("好味来大排档");
            visitor.Findings.ShouldBeEmpty();
            visitor.Complaints.ShouldBeEmpty();
        }

        Holding(Marker).ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_closed_tab_keeps_the_unsent_words_too()
    {
        await using var visitor = await VisitAsync();
        await TellAsync(visitor);
        var other = await visitor.Page.Context.NewPageAsync();
        await visitor.Page.CloseAsync();
        await other.GotoAsync("/report");
        await other.Locator("[data-go-on]").ClickAsync();
        await other.WaitForURLAsync("**/report/what");
        await Expect(other.Locator("[name=Narrative]")).ToHaveValueAsync(Narrative);
    }

    [Fact(Timeout = 600_000)]
    public async Task The_button_wipes_it_and_nothing_more_is_kept()
    {
        await using (var visitor = await VisitAsync())
        {
            await TellAsync(visitor);
            await visitor.Page.Locator("[data-wipe]").ClickAsync();
            await Expect(visitor.Page.Locator("#device-draft p:focus")).ToBeVisibleAsync();
            await KeepsNothingAsync(visitor.Page);
            await visitor.LookAsync("device-wiped");
            await visitor.FillAsync("Narrative", Narrative + "又写了一句。");
            await visitor.ContinueAsync();
            await visitor.Page.WaitForURLAsync(url => !url.EndsWith("/what", StringComparison.Ordinal));
            await KeepsNothingAsync(visitor.Page);
            visitor.Findings.ShouldBeEmpty();
        }

        await using var again = await VisitAsync();
        await again.GoAsync("/report");
        await Expect(again.Page.Locator("#device-ask")).ToBeVisibleAsync();
        await Expect(again.Page.Locator("#device-draft")).ToBeHiddenAsync();
        Holding(Marker).ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task After_a_day_the_next_visit_to_any_page_wipes_it()
    {
        await using var visitor = await VisitAsync();
        await TellAsync(visitor);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await visitor.Page.Context.Clock.SetFixedTimeAsync(now.AddHours(23));
        await visitor.GoAsync("/report");
        await Expect(visitor.Page.Locator("#device-draft")).ToBeVisibleAsync();
        await visitor.Page.Context.Clock.SetFixedTimeAsync(now.AddHours(25));
        await visitor.GoAsync("/");
        await KeepsNothingAsync(visitor.Page);
        await visitor.GoAsync("/report");
        await Expect(visitor.Page.Locator("#device-ask")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#device-draft")).ToBeHiddenAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task Who_unticks_the_box_keeps_nothing()
    {
        await using var visitor = await VisitAsync();
        await TellAsync(visitor, keep: false);
        await Expect(visitor.Page.Locator("#device-draft")).ToBeHiddenAsync();
        await KeepsNothingAsync(visitor.Page);
    }

    [Fact(Timeout = 600_000)]
    public async Task The_quick_exit_and_giving_up_wipe_it()
    {
        await using var visitor = await VisitAsync();
        await TellAsync(visitor);
        await visitor.Page.Locator(".exit").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/leave");
        await visitor.GoAsync("/safe");
        await KeepsNothingAsync(visitor.Page);

        await TellAsync(visitor);
        await visitor.GoAsync("/report/discard");
        await visitor.Page.Locator("main form button").ClickAsync();
        await visitor.Page.WaitForURLAsync(visitor.Site.ToString());
        await KeepsNothingAsync(visitor.Page);
    }

    [Fact(Timeout = 600_000)]
    public async Task The_end_of_the_form_wipes_it_and_names_and_codes_are_never_in_it()
    {
        await using var visitor = await VisitAsync();
        await TellAsync(visitor);
        await visitor.ContinueAsync();
        if (visitor.Page.Url.EndsWith("/criteria", StringComparison.Ordinal))
        {
            await visitor.Page.Locator("input[name=Criteria]").Last.CheckAsync();
            await visitor.ContinueAsync();
        }

        await visitor.FillAsync("When", "昨天下午");
        await visitor.ChooseAsync("StillGoingOn", "True");
        await visitor.ChooseAsync("Urgent", "False");
        await visitor.ContinueAsync();
        await visitor.Page.Locator("button[value=next]").ClickAsync();
        await visitor.ChooseAsync("Anonymity", "Named");
        await visitor.FillAsync("Name", "陈某");
        await visitor.FillAsync("Phone", "13800001234");
        await Expect(visitor.Page.Locator("#device-draft[data-keeps=no]")).ToBeVisibleAsync();
        await visitor.ContinueAsync();
        await visitor.Page.WaitForURLAsync("**/report/reward");
        var kept = await visitor.Page.EvaluateAsync<string[]>(Records);
        kept.ShouldContain("/report/when");
        kept.ShouldNotContain("/report/who");
        await visitor.ChooseAsync("RewardWanted", "False");
        await visitor.ContinueAsync();
        await visitor.Page.Locator("input[type=checkbox][name=TruthPledged]").CheckAsync();
        await visitor.ContinueAsync();
        await visitor.Page.WaitForURLAsync("**/report/done");
        await KeepsNothingAsync(visitor.Page);
    }

    private const string ExportKey = """
        async () => {
          const open = indexedDB.open("report12350-draft");
          const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
          const get = database.transaction("draft").objectStore("draft").get("key");
          const { key } = await new Promise((done) => { get.onsuccess = () => done(get.result); });
          database.close();
          return crypto.subtle.exportKey("raw", key).then(() => "exported", (refused) => refused.name);
        }
        """;

    private const string Records = """
        async () => {
          const open = indexedDB.open("report12350-draft");
          const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
          const get = database.transaction("draft").objectStore("draft").getAllKeys();
          const keys = await new Promise((done) => { get.onsuccess = () => done(get.result); });
          database.close();
          return keys;
        }
        """;

    private Task<Visitor> VisitAsync(int width = 1280, string language = "zh-CN") => chromium.VisitOnDeviceAsync(app.Site, profile, width, language);

    /// <summary>From the first page to the narrative, which is typed and not sent.</summary>
    private static async Task TellAsync(Visitor visitor, bool keep = true)
    {
        await visitor.GoAsync("/report");
        await Expect(visitor.Page.Locator("#device-ask")).ToBeVisibleAsync();
        await visitor.Page.Locator("#keep-on-device").SetCheckedAsync(keep);
        await visitor.ContinueAsync();
        await visitor.Page.WaitForURLAsync("**/report/kind");
        await visitor.ChooseAsync("Kind", "MajorHazard");
        await visitor.ContinueAsync();
        await visitor.Page.Locator("details:has(input[value=\"gas\"]) summary").ClickAsync();
        await visitor.ChooseAsync("Sector", "gas");
        await visitor.ContinueAsync();
        await visitor.Page.Locator("[name=Town]").SelectOptionAsync("gongping");
        await visitor.FillAsync("Place", "人民路某超市二楼");
        await visitor.ContinueAsync();
        await visitor.FillAsync("Unit", "好味来大排档");
        await visitor.ContinueAsync();
        await visitor.ChooseAsync("Before", "first");
        await visitor.ContinueAsync();
        await visitor.Page.WaitForURLAsync("**/report/what");
        await visitor.FillAsync("Narrative", Narrative);
        if (keep)
            await Expect(visitor.Page.Locator("#device-draft[data-kept]")).ToBeVisibleAsync();
    }

    private static Task KeepsNothingAsync(IPage page) => page.UntilAsync("async () => (await indexedDB.databases()).length === 0");

    /// <summary>Files of the profile in which these words stand, in UTF-8 or UTF-16.</summary>
    private List<string> Holding(string words) =>
    [
        .. Directory.EnumerateFiles(profile, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).LinkTarget is null)
            .Where(file => new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }.Any(form => File.ReadAllBytes(file).AsSpan().IndexOf(form.GetBytes(words)) >= 0)),
    ];
}
