using Microsoft.Playwright;
using Report12350.Demo;
using Report12350.Domain.Access;
using Report12350.Domain.Evidence;
using Report12350.Evidence;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>A report masked, confirmed by a second person, seen by the committee and given to another body: on a phone, with a mouse, in English and without script.</summary>
public sealed class RedactionPagesTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private const string Narrative = "三楼仓库把消防通道堵死了，货堆到了天花板。夜里还上锁，钥匙只有班长有。只有我一个人上夜班，跟他们说过两次。阿强也看见了，他的电话是 138 0000 0000。";

    public static TheoryData<int, string, bool> Windows => new() { { 360, "zh-CN", true }, { 1280, "zh-CN", true }, { 360, "en", true }, { 360, "zh-CN", false } };

    [Theory(Timeout = 900_000), MemberData(nameof(Windows))]
    public async Task A_report_is_masked_confirmed_seen_and_given(int width, string language, bool script)
    {
        var filed = await app.FileAsync(content => content.Answers.Narrative = Narrative, claimCode: "my claim code 1");
        var hands = app.Case(filed.Id);
        await hands.ConcludedAsync();
        var version = await hands.Version;
        await using (var photo = typeof(DemoSite).Assembly.GetManifestResourceStream("demo/photo-1.jpg")!)
            await (await hands.Officer).Send(filed.Id, o => new AddStaffEvidence(o, version, EvidencePurpose.Verification, [new SentFile("现场.jpg", photo)]));
        var suffix = $"{(language == "en" ? "-en" : "")}{(script ? "" : "-noscript")}";
        List<string> findings = [];

        await using (var officer = await EnterAsync(await hands.Officer, width, language, script))
        {
            await officer.GoAsync($"/staff/reports/{filed.Number}");
            await officer.Page.Locator("a[href$='/masks']").ClickAsync();
            await LookAsync(officer, "masks" + suffix, script);
            await MaskTextsAsync(officer, width, suffix, script);
            await officer.Page.Locator($"a[href^='/staff/reports/{filed.Number}/masks/']").ClickAsync();
            await MaskPictureAsync(officer, width, suffix, script);
            (await officer.Page.Locator(".masked .bar").CountAsync()).ShouldBe(2, "one bar for the sentence and the name after it, one for the number");
            await LookAsync(officer, "masks-kept" + suffix, script);
            findings.AddRange(officer.Findings);
        }

        await using (var lead = await EnterAsync(await hands.Lead, width, language, script))
        {
            await lead.GoAsync($"/staff/reports/{filed.Number}/masks");
            await lead.Page.Locator("button.danger").ClickAsync();
            await LookAsync(lead, "masks-confirmed" + suffix, script);
            await GiveAsync(lead, suffix);
            await lead.GoAsync($"/staff/reports/{filed.Number}/masks");
            await LookAsync(lead, "masks-given" + suffix, script);
            findings.AddRange(lead.Findings);
        }

        await using (var member = await EnterAsync(await app.As(Role.CommitteeMember), width, language, script))
        {
            await member.GoAsync($"/staff/rewards/{filed.Number}");
            var page = await member.Page.ContentAsync();
            page.ShouldContain("三楼仓库把消防通道堵死了");
            foreach (var secret in new[] { "阿强", "138", "只有我一个人上夜班" })
                page.ShouldNotContain(secret);
            await member.Page.Locator(".masked img").ScrollIntoViewIfNeededAsync();
            await member.Page.UntilAsync("() => document.querySelector('.masked img').naturalWidth > 0");
            await LookAsync(member, "masked-reward" + suffix, script);
            findings.AddRange(member.Findings);
        }

        findings.ShouldBeEmpty();
    }

    private static async Task MaskTextsAsync(Visitor officer, int width, string suffix, bool script)
    {
        var page = officer.Page;
        await page.Locator("[name=ShownTexts][value=narrative]").CheckAsync();
        await page.Locator("[name=ShownTexts][value=place]").CheckAsync();
        await page.Locator(".pieces label").Filter(new LocatorFilterOptions { HasText = "只有我" }).Locator("input").CheckAsync();
        await officer.FillAsync("Words", "阿强\n没有这个人");
        await officer.ContinueAsync();
        await LookAsync(officer, "masks-refused" + suffix, script);
        (await page.Locator("[name=ShownTexts][value=narrative]").IsCheckedAsync()).ShouldBeTrue();
        await officer.FillAsync("Words", width > 600 ? "阿强" : "阿强\n13800000000");
        if (width > 600)
        {
            // With a mouse: the number is chosen and masked.
            await page.Locator(".pieces label span").Filter(new LocatorFilterOptions { HasText = "138 0000 0000" }).EvaluateAsync(
                "span => { const at = span.textContent.indexOf('138'); getSelection().setBaseAndExtent(span.firstChild, at, span.firstChild, at + 13); }");
            await page.Locator("[data-mask-chosen]").First.ClickAsync();
            (await page.Locator(".pieces label:has(:checked) span").AllInnerTextsAsync()).ShouldContain("138 0000 0000");
        }

        await officer.ContinueAsync();
    }

    private static async Task MaskPictureAsync(Visitor officer, int width, string suffix, bool script)
    {
        var page = officer.Page;
        await page.Locator("[name=Regions][value='0,0,100,125']").CheckAsync();
        if (script)
        {
            // By keyboard: one stop, and arrows.
            (await page.Locator(".mask-squares input[tabindex='0']").CountAsync()).ShouldBe(1);
            await page.Locator(".mask-squares input[tabindex='0']").FocusAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("Space");
            (await page.Locator("[name=Regions][value='100,125,100,125']").IsCheckedAsync()).ShouldBeTrue();
        }
        else
        {
            foreach (var (field, value) in new[] { ("Left", "70"), ("Top", "60"), ("Width", "30"), ("Height", "40") })
                await officer.FillAsync(field, value);
            await page.Locator("button[formaction]").ClickAsync();
            (await page.Locator("[data-regions] label").InnerTextAsync()).ShouldBe("区域 1：左起 70%，上起 60%，宽 30%，高 40%");
            (await page.Locator("[name=Regions][value='0,0,100,125']").IsCheckedAsync()).ShouldBeTrue();
        }

        if (width > 600)
        {
            var net = (await page.Locator("[data-net]").BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(net.X + (net.Width * 0.42f), net.Y + (net.Height * 0.4f));
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(net.X + (net.Width * 0.66f), net.Y + (net.Height * 0.71f), new MouseMoveOptions { Steps = 5 });
            await page.Mouse.UpAsync();
            (await page.Locator("[data-regions] input:checked").CountAsync()).ShouldBe(1);
            (await page.Locator(".mask-squares :checked").CountAsync()).ShouldBe(2, "drawing ticks no square");
        }

        await LookAsync(officer, "mask-picture" + suffix, script);
        await officer.ContinueAsync();
        await page.WaitForURLAsync("**/masks");
    }

    /// <summary>The file is opened as the other body would, and a picture of it is kept.</summary>
    private async Task GiveAsync(Visitor lead, string suffix)
    {
        await lead.FillAsync("Recipient", "海丰县人民检察院");
        var file = await lead.Page.RunAndWaitForDownloadAsync(() => lead.Page.Locator("form[action$=ShareMasked] button").ClickAsync());
        var copy = Path.Combine(app.Folder, $"copy{suffix}{lead.Page.ViewportSize!.Width}.html");
        await file.SaveAsAsync(copy);
        var text = await File.ReadAllTextAsync(copy);
        text.ShouldContain("海丰县人民检察院");
        text.ShouldNotContain("阿强");
        await lead.Page.GotoAsync(new Uri(copy).AbsoluteUri);
        await lead.PictureAsync("masked-sheet" + suffix);
    }

    private async Task<Visitor> EnterAsync(StaffHands hands, int width, string language, bool script)
    {
        var visitor = await chromium.VisitAsync(app.Site, script: script, width: width, height: 800, language: language);
        if (language == "en")
            await visitor.Page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = "en", Url = app.Site.ToString() }]);
        await visitor.SignInAsync(app, hands);
        return visitor;
    }

    private static async Task LookAsync(Visitor visitor, string name, bool script)
    {
        if (script)
            await visitor.LookAsync(name);
    }
}
