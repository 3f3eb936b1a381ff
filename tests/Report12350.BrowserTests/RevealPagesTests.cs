using Microsoft.Playwright;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>An identity asked for, granted and looked at, and somebody kept out: on a phone, on a desk, in English and without script.</summary>
public sealed class RevealPagesTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    public static TheoryData<int, string, bool> Windows => new() { { 360, "zh-CN", true }, { 1280, "zh-CN", true }, { 360, "en", true }, { 360, "zh-CN", false } };

    [Theory(Timeout = 600_000), MemberData(nameof(Windows))]
    public async Task An_identity_is_asked_for_granted_and_looked_at(int width, string language, bool script)
    {
        var (filed, hands) = await app.NewCaseAsync(c =>
        {
            c.Answers.KeepFrom = "街道办的王主任";
            c.Answers.Anonymity = Anonymity.Named;
            c.Identity = new ReporterIdentity { Name = "郑小满", Phone = "13900001111" };
        });
        await hands.VerifyingAsync();
        var suffix = $"{(language == "en" ? "-en" : "")}{(script ? "" : "-noscript")}";
        var person = $"{width}{language}{script}".ToLowerInvariant();
        List<string> findings = [];

        await using (var officer = await EnterAsync(await app.As(Role.Officer, CaseHands.Gas, person), width, language, script))
        {
            await officer.GoAsync($"/staff/reports/{filed.Number}");
            await officer.TaskAsync("RequestReveal");
            await officer.SendTaskAsync("RequestReveal");
            await LookAsync(officer, "reveal-asked-badly" + suffix, script);
            await officer.TaskAsync("RequestReveal");
            await officer.Page.Locator("#Form_RequestReveal input[type=radio]").First.CheckAsync();
            await officer.Page.Locator("#Form_RequestReveal textarea").FillAsync("厂里的人找上门威胁。");
            await officer.SendTaskAsync("RequestReveal");
            await LookAsync(officer, "reveal-asked" + suffix, script);
            findings.AddRange(officer.Findings);

            await using (var custodian = await EnterAsync(await app.As(Role.Custodian, person: person), width, language, script))
            {
                await custodian.GoAsync("/staff/reveals");
                await LookAsync(custodian, "reveals" + suffix, script);
                await custodian.Page.Locator("main tbody a").First.ClickAsync();
                await custodian.FillAsync("Hours", "99");
                await custodian.Page.Locator("form[action$=Grant] button.primary").ClickAsync();
                await LookAsync(custodian, "reveal-decide-refused" + suffix, script);
                await custodian.FillAsync("Hours", "2");
                await custodian.Page.Locator("form[action$=Grant] button.primary").ClickAsync();
                await LookAsync(custodian, "reveals-decided" + suffix, script);
                findings.AddRange(custodian.Findings);
            }

            officer.Findings.Clear();
            await officer.GoAsync($"/staff/reports/{filed.Number}");
            await officer.Page.Locator("a[href$='/identity']").ClickAsync();
            (await officer.Page.ContentAsync()).ShouldContain("郑小满");
            await LookAsync(officer, "reveal-identity" + suffix, script);
            findings.AddRange(officer.Findings);
        }

        await using (var dispatcher = await EnterAsync(await app.As(Role.Dispatcher, person: person), width, language, script))
        {
            await dispatcher.GoAsync($"/staff/reports/{filed.Number}");
            await dispatcher.TaskAsync("BlockOfficer");
            await LookAsync(dispatcher, "conflict-block" + suffix, script);
            await dispatcher.Page.Locator("#Form_BlockOfficer select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await dispatcher.Page.Locator("#Form_BlockOfficer textarea").FillAsync("老板的亲属。");
            await dispatcher.SendTaskAsync("BlockOfficer");
            await LookAsync(dispatcher, "conflict-blocked" + suffix, script);
            findings.AddRange(dispatcher.Findings);
        }

        await using (var reporter = await VisitAsync(width, language, script))
        {
            await reporter.GoAsync("/track");
            await reporter.FillAsync("Receipt", filed.Receipt);
            await reporter.ContinueAsync();
            await LookAsync(reporter, "track-reveals" + suffix, script);
            (await reporter.Page.Locator("#reveals li").CountAsync()).ShouldBe(2);
            findings.AddRange(reporter.Findings);
        }

        findings.ShouldBeEmpty();
    }

    private async Task<Visitor> EnterAsync(StaffHands hands, int width, string language, bool script)
    {
        var visitor = await VisitAsync(width, language, script);
        await visitor.SignInAsync(app, hands);
        return visitor;
    }

    private async Task<Visitor> VisitAsync(int width, string language, bool script)
    {
        var visitor = await chromium.VisitAsync(app.Site, script: script, width: width, height: 800, language: language);
        if (language == "en")
            await visitor.Page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = "en", Url = app.Site.ToString() }]);
        return visitor;
    }

    private static async Task LookAsync(Visitor visitor, string name, bool script)
    {
        if (script)
            await visitor.LookAsync(name);
    }
}
