using Microsoft.Playwright;

namespace Report12350.BrowserTests;

/// <summary>Reporting and the worklist by keyboard alone; where the focus is can always be seen.</summary>
public sealed class KeyboardTests(DemoCounty county, Chromium chromium) : IClassFixture<DemoCounty>, IClassFixture<Chromium>
{
    [Fact(Timeout = 1_200_000)]
    public async Task The_first_questions_are_answered_without_a_mouse()
    {
        await using var visitor = await chromium.VisitAsync(county.Site);
        var page = visitor.Page;
        await visitor.GoAsync("/");
        await page.Keyboard.PressAsync("Tab");
        (await FocusedAsync(page, "e => e.getAttribute('href')")).ShouldBe("#main");
        await page.Keyboard.PressAsync("Enter");
        await ReachAsync(page, "a[href=\"/report\"]");
        await PressAsync(page, "Enter");
        await SendAsync(page);
        await ReachAsync(page, "[name=Kind]");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await SendAsync(page);
        await ReachAsync(page, "summary");
        await page.Keyboard.PressAsync("Enter");
        await ReachAsync(page, "[name=Sector]");
        await page.Keyboard.PressAsync("Space");
        await SendAsync(page);
        await ReachAsync(page, "[name=Town]");
        await page.Keyboard.PressAsync("ArrowDown");
        await TypeAsync(page, "Place", "人民路某超市二楼");
        await SendAsync(page);
        page.Url.ShouldEndWith("/report/unit");
    }

    [Fact(Timeout = 1_200_000)]
    public async Task The_worklist_moves_opens_and_searches_by_key()
    {
        await using var visitor = await chromium.VisitAsync(county.Site);
        await county.SignInAsync(visitor, "dispatcher2");
        var page = visitor.Page;
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        (await page.Locator("tr.current").GetAttributeAsync("id")).ShouldBe(await page.Locator("tr[data-row]").Nth(1).GetAttributeAsync("id"));
        await page.Keyboard.PressAsync("k");
        await SeenAsync(page);
        await page.Keyboard.PressAsync("/");
        (await FocusedAsync(page, "e => e.id")).ShouldBe("number");
        await SeenAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await PressAsync(page, "Enter");
        page.Url.ShouldContain("/staff/reports/");
    }

    private static async Task SendAsync(IPage page)
    {
        await ReachAsync(page, "main form button.primary");
        await PressAsync(page, "Enter");
    }

    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await ReachAsync(page, $"[name={field}]");
        await page.Keyboard.InsertTextAsync(text);
    }

    private static async Task PressAsync(IPage page, string key)
    {
        var before = page.Url.Split('#')[0];
        await page.Keyboard.PressAsync(key);
        await page.WaitForURLAsync(url => url.Split('#')[0] != before);
    }

    /// <summary>Tab after Tab until there, the focus visible at every stop.</summary>
    private static async Task ReachAsync(IPage page, string selector)
    {
        for (var i = 0; i < 80; i++)
        {
            if (await FocusedAsync(page, $"e => String(e.matches('{selector}'))") == "true")
                return;
            await page.Keyboard.PressAsync("Tab");
            await SeenAsync(page);
        }

        Assert.Fail($"{selector} is not reached by Tab on {page.Url}");
    }

    private static async Task SeenAsync(IPage page) =>
        (await FocusedAsync(page, "e => e === document.body ? 'body' : getComputedStyle(e).outlineStyle")).ShouldNotBe("none");

    private static Task<string> FocusedAsync(IPage page, string read) => page.EvaluateAsync<string>($"({read})(document.activeElement)");
}
