using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OtpNet;
using Report12350.Data;
using Report12350.Demo;
using Report12350.Domain.Reports;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>A county at work, so that every page has something to show.</summary>
public sealed partial class DemoCounty : Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("report12350-pages-").FullName;
    private readonly Dictionary<string, BrowserContextCookiesResult> sessions = [];
    private string printed = "";

    public Uri Site => ClientOptions.BaseAddress;

    public byte[] TotpSecret => Base32Encoding.ToBytes(Secret().Match(printed).Groups["secret"].Value);

    public string Password => Secret().Match(printed).Groups["password"].Value;

    /// <summary>Receipts of reports that have gone far and of new ones.</summary>
    public IReadOnlyList<string> Receipts => [.. Receipt().Matches(printed).Select(m => m.Value.Replace(" ", "", StringComparison.Ordinal))];

    /// <summary>A code works once, so each person signs in once; further windows bring the same cookie.</summary>
    public async Task SignInAsync(Visitor visitor, string who)
    {
        var context = visitor.Page.Context;
        if (!sessions.TryGetValue(who, out var session))
        {
            await visitor.SignInAsync(who, Password, TotpSecret, TimeProvider.System.GetUtcNow());
            sessions[who] = (await context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-staff");
            return;
        }

        await context.AddCookiesAsync([new Cookie
        {
            Name = session.Name, Value = session.Value, Domain = session.Domain, Path = session.Path,
            Secure = session.Secure, HttpOnly = session.HttpOnly, SameSite = session.SameSite,
        }]);
    }

    /// <summary>The states reports are in.</summary>
    public async Task<IReadOnlyList<ReportState>> StatesAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ReportsDbContext>().Reports.Select(r => r.State).Distinct().ToListAsync();
    }

    public async ValueTask InitializeAsync()
    {
        using var print = new StringWriter();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", folder), new("Receipts:Ready", "1")]).Build();
        await DemoSite.FillAsync(configuration, TimeProvider.System, print, reports: 120);
        printed = print.ToString();
        UseKestrel(0);
        StartServer();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    protected override void ConfigureWebHost(Microsoft.AspNetCore.Hosting.IWebHostBuilder builder)
    {
        builder.UseSetting("environment", "Testing");
        builder.UseSetting("Data:Folder", folder);
        builder.UseSetting("Receipts:Ready", "4");
        builder.UseSetting("Site:Address", "https://localhost");
    }

    [GeneratedRegex(@"password\s+(?<password>\S+)\s+TOTP secret\s+(?<secret>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    [GeneratedRegex(@"(\d{5} ){4}\d{5}", RegexOptions.ExplicitCapture)]
    private static partial Regex Receipt();
}

/// <summary>Every page and state: axe finds nothing, nothing is wider than the window, no other origin is asked, and a picture of it is kept.</summary>
public sealed class EveryPageTests(DemoCounty county, Chromium chromium) : IClassFixture<DemoCounty>, IClassFixture<Chromium>
{
    private const string Nowhere = "/no-such-page";

    public static TheoryData<int, string> Windows => new() { { 360, "zh-CN" }, { 1280, "zh-CN" }, { 360, "en" } };

    [Theory(Timeout = 1_200_000), MemberData(nameof(Windows))]
    public async Task Pages_open_to_everybody(int width, string language)
    {
        await using var visitor = await VisitAsync(width, language);
        foreach (var path in (string[])["/", "/safe", "/keep", "/reward-rules", "/track", "/claim", "/verify-proof", "/chat", "/chat/full", Nowhere, "/report", "/report/discard", "/report/expired", "/report/goodbye", "/staff/sign-in", "/staff/join"])
            await SeeAsync(visitor, path, Name(path, language));
        await ElderAsync(visitor, language);
        Clean(visitor);
    }

    [Theory(Timeout = 1_200_000), MemberData(nameof(Windows))]
    public async Task A_conversation_from_hello_to_the_receipt(int width, string language)
    {
        await using var visitor = await VisitAsync(width, language);
        await visitor.GoAsync("/chat");
        string[] said = ["1", "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样", "8", "2", "人民路 20 号", "1", "2", "1", "1", "2", "2", "5", "人民路 21 号"];
        for (var turn = 0; turn < said.Length; turn++)
        {
            await visitor.LookAsync($"chat-{turn:00}{Suffix(language)}");
            await visitor.FillAsync("Text", said[turn]);
            await visitor.Page.Locator("#say button.primary").ClickAsync();
            await Assertions.Expect(visitor.Page.Locator(".thread li.ours")).ToHaveCountAsync(turn + 1);
            await visitor.Page.Locator("#chat[data-ready]").WaitForAsync();
        }

        await visitor.LookAsync($"chat-check{Suffix(language)}");
        await visitor.Page.Locator("button[name=Choice][value=\"1\"]").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".thread a[href=\"/report/done\"]")).ToHaveCountAsync(1);
        await visitor.LookAsync($"chat-receipt{Suffix(language)}");
        Clean(visitor);
    }

    [Theory(Timeout = 1_200_000), MemberData(nameof(Windows))]
    public async Task Every_question_asked_and_answered_wrongly_and_rightly(int width, string language)
    {
        await using var visitor = await VisitAsync(width, language);
        await visitor.GoAsync("/report");
        await visitor.ContinueAsync();
        for (var page = 1; page <= 14 && !visitor.Page.Url.EndsWith("/done", StringComparison.Ordinal); page++)
        {
            var name = $"report-{page:00}-{visitor.Page.Url.Split('/')[^1].Split('?')[0]}{Suffix(language)}";
            await visitor.LookAsync(name);
            if (await AnswerNothingAsync(visitor))
                await visitor.LookAsync(name + "-refused");
            await AnswerAsync(visitor);
        }

        visitor.Page.Url.ShouldEndWith("/report/done");
        await visitor.LookAsync($"report-15-done{Suffix(language)}");
        await visitor.ContinueAsync();
        await visitor.LookAsync($"report-15-done-refused{Suffix(language)}");
        await visitor.Page.Locator("input[type=checkbox][name=Saved]").CheckAsync();
        await visitor.ContinueAsync();
        await visitor.LookAsync($"report-16-goodbye{Suffix(language)}");
        Clean(visitor);
    }

    [Theory(Timeout = 1_200_000), MemberData(nameof(Windows))]
    public async Task A_reporters_own_pages(int width, string language)
    {
        await using var visitor = await VisitAsync(width, language);
        var at = 0;
        foreach (var receipt in county.Receipts)
        {
            await visitor.Page.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "__Host-track" });
            await visitor.GoAsync("/track");
            await visitor.FillAsync("Receipt", receipt);
            await visitor.ContinueAsync();
            await visitor.LookAsync($"track-report-{++at}{Suffix(language)}");
        }

        foreach (var path in (string[])["/track/object", "/track/withdraw", "/track/evidence"])
            await SeeAsync(visitor, path, Name(path, language));
        await visitor.Page.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "__Host-track" });
        await visitor.GoAsync("/track");
        await visitor.FillAsync("Receipt", "12345 67890 12345 67890 12345");
        await visitor.ContinueAsync();
        await visitor.LookAsync($"track-wrong{Suffix(language)}");
        await visitor.GoAsync("/claim");
        await visitor.FillAsync("Number", "20260000000");
        await visitor.FillAsync("Code", "no such code");
        await visitor.ContinueAsync();
        await visitor.LookAsync($"claim-wrong{Suffix(language)}");
        Clean(visitor);
    }

    [Fact(Timeout = 1_200_000)]
    public async Task Without_script_the_public_pages_open_and_ask()
    {
        await using var visitor = await chromium.VisitAsync(county.Site, script: false, width: 360, height: 800);
        foreach (var path in (string[])["/", "/safe", "/keep", "/reward-rules", "/track", "/claim", "/chat", "/chat/full", "/report"])
        {
            (await visitor.Page.GotoAsync(path))!.Status.ShouldBe(200);
            await visitor.PictureAsync(Name(path, "zh-CN") + "-noscript");
        }

        await visitor.ContinueAsync();
        await visitor.PictureAsync("report-kind-noscript");
        await visitor.ContinueAsync();
        (await visitor.Page.Locator(".error-summary").CountAsync()).ShouldBe(1);
    }

    public static TheoryData<int, string, bool> Consoles => new() { { 360, "zh-CN", false }, { 1280, "zh-CN", false }, { 1280, "en", true } };

    [Theory(Timeout = 1_800_000), MemberData(nameof(Consoles))]
    public async Task The_console_of_every_role(int width, string language, bool dark)
    {
        var suffix = (dark ? "-dark" : "") + Suffix(language);
        HashSet<string> seen = [];
        List<string> findings = [];
        foreach (var (who, shelf, paths) in Desks)
        {
            await using var visitor = await VisitAsync(width, language, dark);
            await county.SignInAsync(visitor, who);
            foreach (var path in paths)
                await SeeAsync(visitor, path, $"staff-{who}-{path.Split('/')[^1].Replace('?', '-').Replace('=', '-')}{suffix}");
            foreach (var state in Enum.GetValues<ReportState>().Where(_ => shelf is not null))
                await SeeFirstAsync(visitor, $"/staff?shelf={shelf}&state={state}", "/staff/reports/", state.ToString(), who, suffix, seen);
            if (paths.Contains("/staff/reveals"))
                await SeeFirstAsync(visitor, "/staff/reveals", "/staff/reveals/", "Reveal", who, suffix, seen);
            foreach (var page in (string[])(paths.Contains("/staff/people") ? ["deactivate", "invite-again"] : []))
                await SeeFirstAsync(visitor, "/staff/people", $"/staff/people/{page}", page, who, suffix, seen);
            foreach (var tab in paths.Contains("/staff/rewards") ? RewardTabs : [])
                await SeeFirstAsync(visitor, $"/staff/rewards?tab={tab}", "/staff/rewards/2", tab, who, suffix, seen);
            findings.AddRange(visitor.Findings);
            visitor.Findings.Clear();
            Clean(visitor);
        }

        findings.ShouldBeEmpty();
        foreach (var state in await county.StatesAsync())
            seen.ShouldContain(state.ToString());
        foreach (var tab in RewardTabs)
            seen.ShouldContain(tab);
    }

    private static readonly string[] RewardTabs = ["Assess", "Propose", "Voting", "Notify", "Claimable", "Pay", "Done"];

    private static readonly (string Who, string? Shelf, string[] Paths)[] Desks =
    [
        ("dispatcher", "All", ["/staff", "/staff?shelf=All", "/staff?shelf=Overdue", "/staff/profile", "/staff/rewards/fund", "/staff/retention"]),
        ("zjj.officer1", "Department", ["/staff"]),
        ("zjj.lead", "Department", ["/staff"]),
        ("xfjydd.officer2", "Department", ["/staff"]),
        ("supervisor", null, ["/staff"]),
        ("reward", null, ["/staff/rewards", "/staff/rewards/fund"]),
        ("committee5", null, ["/staff/rewards"]),
        ("cashier", null, ["/staff/rewards"]),
        ("custodian", null, ["/staff/reveals"]),
        ("auditor", null, ["/staff/audit", "/staff/sign-ins", "/staff/password", "/staff/passkeys"]),
        ("admin", null, ["/staff/people", "/staff/people/invite", "/staff/profile", "/staff/retention"]),
        ("operator", null, ["/staff/enter"]),
    ];

    /// <summary>Opens the first thing on the list, then every form on it.</summary>
    private static async Task SeeFirstAsync(Visitor visitor, string list, string kind, string what, string who, string suffix, HashSet<string> seen)
    {
        await visitor.GoAsync(list);
        var link = visitor.Page.Locator($"main tbody a[href^=\"{kind}\"]").First;
        var isAnothersList = list.Contains("?tab=", StringComparison.Ordinal) && await visitor.Page.Locator($"main [aria-current=page][href=\"{list}\"]").CountAsync() == 0;
        if (isAnothersList || await link.CountAsync() == 0)
            return;
        var name = $"case-{what}-{who}{suffix}";
        var path = (await link.GetAttributeAsync("href"))!;
        await SeeAsync(visitor, path, name);
        seen.Add(what);
        if (await visitor.Page.Locator("aside details").CountAsync() > 0)
        {
            await visitor.Page.EvaluateAsync("document.querySelectorAll('aside details').forEach(d => d.open = true)");
            await visitor.LookAsync(name + "-open");
        }

        var furthers = await visitor.Page.EvaluateAsync<string[]>("path => ['record', 'erase', 'masks'].filter(name => document.querySelector(`a[href=\"${path}/${name}\"]`))", path);
        var beside = visitor.Page.Locator($"a[href^=\"{path}/beside/\"]");
        if (seen.Add($"beside {who}{suffix}") && await beside.CountAsync() > 0)
            await SeeAsync(visitor, (await beside.First.GetAttributeAsync("href"))!, $"beside-{who}{suffix}");
        foreach (var further in furthers)
            await SeeAsync(visitor, $"{path}/{further}", $"{further}-{who}-{what}{suffix}");
    }

    /// <summary>The page that was asked for and no other: neither one that says it is not there, nor the sign-in.</summary>
    private static async Task SeeAsync(Visitor visitor, string path, string name)
    {
        var answer = await visitor.Page.GotoAsync(path);
        answer!.Status.ShouldBe(path == Nowhere ? 404 : 200, path);
        new Uri(visitor.Page.Url).PathAndQuery.ShouldBe(path);
        await visitor.LookAsync(name);
    }

    private async Task<Visitor> VisitAsync(int width, string language, bool dark = false)
    {
        var visitor = await chromium.VisitAsync(county.Site, width: width, height: width < 600 ? 800 : 900, language: language, dark: dark);
        if (language == "en")
            await visitor.Page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = "en", Url = county.Site.ToString() }]);
        return visitor;
    }

    /// <summary>Sends the page as it stands; whether it was refused, which optional pages do not.</summary>
    private static async Task<bool> AnswerNothingAsync(Visitor visitor)
    {
        var before = visitor.Page.Url;
        if (before.Contains("/evidence", StringComparison.Ordinal) || before.Contains("/criteria", StringComparison.Ordinal))
            return false;
        await visitor.ContinueAsync();
        return visitor.Page.Url.Split('?')[0] == before.Split('?')[0];
    }

    private static async Task AnswerAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.EvaluateAsync("document.querySelectorAll('main form details').forEach(d => d.open = true)");
        foreach (var (name, value) in Answers)
        {
            var field = page.Locator($"main [name=\"{name}\"]");
            if (await field.CountAsync() == 0)
                continue;
            var kind = await field.First.EvaluateAsync<string>("f => f.tagName + (f.type || '')");
            if (kind is "INPUTradio")
                await page.Locator($"main [name=\"{name}\"][value=\"{value}\"]").CheckAsync();
            else if (kind is "INPUTcheckbox")
                await field.Last.CheckAsync();
            else if (kind.StartsWith("SELECT", StringComparison.Ordinal))
                await field.First.SelectOptionAsync(value);
            else
                await field.First.FillAsync(value);
        }

        await visitor.ContinueAsync();
    }

    private static readonly (string Name, string Value)[] Answers =
    [
        ("Kind", "MajorHazard"), ("Sector", "gas"), ("Town", "gongping"), ("Place", "人民路某超市二楼"), ("Unit", "好味来大排档"), ("Before", "first"),
        ("Narrative", "厨房用的煤气瓶放在楼梯间，没有报警器，胶管已经开裂。"), ("Criteria", "none"), ("When", "昨天下午"), ("StillGoingOn", "True"), ("Urgent", "False"),
        ("Anonymity", "Named"), ("Name", "张三"), ("Phone", "13800000000"), ("Reporter", "Employee"), ("RewardWanted", "True"), ("ClaimCode", "my claim code 1"), ("ClaimCodeAgain", "my claim code 1"), ("NotExcluded", ""), ("TruthPledged", ""),
    ];

    private static async Task ElderAsync(Visitor visitor, string language)
    {
        await visitor.GoAsync("/");
        await visitor.Page.Locator("form[action*=display] button").ClickAsync();
        await visitor.LookAsync($"home-elder{Suffix(language)}");
        await visitor.GoAsync("/report");
        await visitor.LookAsync($"report-elder{Suffix(language)}");
    }

    private void Clean(Visitor visitor)
    {
        visitor.Findings.ShouldBeEmpty();
        visitor.Requests.ShouldAllBe(url => url.StartsWith(county.Site.ToString(), StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal) || url.StartsWith("ws", StringComparison.Ordinal));
        visitor.Complaints.Where(c => !c.Contains("404", StringComparison.Ordinal) && !c.Contains("403", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Name(string path, string language) => (path == "/" ? "home" : path.Trim('/').Replace('/', '-')) + Suffix(language);

    private static string Suffix(string language) => language == "en" ? "-en" : "";
}
