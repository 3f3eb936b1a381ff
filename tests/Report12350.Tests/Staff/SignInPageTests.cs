using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Staff;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Staff;

public abstract class SignInPageTests(ReportApplication app)
{
    private const string Refused = "登录名、密码或动态码不对";
    private const string Waiting = "从这里试错太多次";

    [Fact]
    public async Task Name_password_and_code_lead_to_the_work()
    {
        var (hands, browser) = await ReadyAsync("in");

        var answer = await browser.SignInAsync(hands.Name.ToUpperInvariant(), hands.Password, app.CodeNow(hands.TotpSecret));

        answer.Headers.Location!.ToString().ShouldBe("/staff");
        answer.CookieIn("__Host-staff").ShouldNotBeNull();
        (await browser.GetAsync("/staff/sign-in", Token)).Headers.Location!.ToString().ShouldBe("/staff");
    }

    [Fact]
    public async Task A_wrong_name_password_or_code_gets_one_and_the_same_answer()
    {
        var (hands, browser) = await ReadyAsync("wrong");
        var code = app.CodeNow(hands.TotpSecret);

        foreach (var (name, password, typed) in new[] { ("nobody", hands.Password, code), (hands.Name, "not the password", code), (hands.Name, hands.Password, "000000"), ("", "", "") })
        {
            var answer = await browser.SignInAsync(name, password, typed);
            (await answer.TextAsync()).ShouldContain(Refused);
            answer.CookieIn("__Host-staff").ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_password_is_never_sent_back()
    {
        var (hands, browser) = await ReadyAsync("echo");

        (await (await browser.SignInAsync(hands.Name, "a typed secret phrase", "000000")).TextAsync()).ShouldNotContain("a typed secret phrase");
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var (hands, browser) = await ReadyAsync("once");
        var code = app.CodeNow(hands.TotpSecret);
        (await browser.SignInAsync(hands.Name, hands.Password, code)).Headers.Location.ShouldNotBeNull();

        (await (await app.Browser(false).SignInAsync(hands.Name, hands.Password, code)).TextAsync()).ShouldContain(Refused);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task After_five_wrong_attempts_each_waits_longer_than_the_one_before_also_for_a_name_nobody_has(bool exists)
    {
        var (hands, browser) = await ReadyAsync("slow" + exists);
        var name = exists ? hands.Name : "nobody.at.all";
        for (var attempt = 1; attempt <= 5; attempt++)
            (await (await browser.SignInAsync(name, "wrong password", "000000")).TextAsync()).ShouldContain(Refused);
        foreach (var seconds in (int[])[30, 60, 120, 240, 480, 900, 900])
        {
            (await (await browser.SignInAsync(name, hands.Password, app.CodeNow(hands.TotpSecret))).TextAsync()).ShouldContain(Waiting);
            app.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
            (await (await browser.SignInAsync(name, "wrong password", "000000")).TextAsync()).ShouldContain(Waiting);
            app.Time.Advance(TimeSpan.FromSeconds(1));
            (await (await browser.SignInAsync(name, "wrong password", "000000")).TextAsync()).ShouldContain(Refused);
        }

        app.Time.Advance(TimeSpan.FromMinutes(15));
        var answer = await browser.SignInAsync(name, hands.Password, app.CodeNow(hands.TotpSecret));
        (answer.Headers.Location?.ToString() == "/staff").ShouldBe(exists);
    }

    [Fact]
    public async Task Who_signed_in_before_in_this_browser_is_not_held_up_by_others()
    {
        var (hands, browser) = await ReadyAsync("known");
        (await browser.SignInAsync(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret))).CookieIn("__Host-browser").ShouldNotBeNull();
        await browser.SendFormAsync("/staff/sign-ins", [], "/staff/sign-out");
        var stranger = app.Browser(followRedirects: false);
        for (var attempt = 1; attempt <= 5; attempt++)
            await stranger.SignInAsync(hands.Name, "wrong password", "000000");
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await stranger.SignInAsync(hands.Name, "wrong password", "000000");
        (await (await stranger.SignInAsync(hands.Name, "wrong password", "000000")).TextAsync()).ShouldContain(Waiting);

        (await browser.SignInAsync(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret))).Headers.Location!.ToString().ShouldBe("/staff");
    }

    [Fact]
    public async Task Attempts_from_one_network_hold_up_nobody_in_another()
    {
        var (hands, _) = await ReadyAsync("networks");
        for (var attempt = 1; attempt <= 6; attempt++)
            await app.Send(new SignIn(hands.Name, "wrong password", "000000", "198.51.100.0"));

        (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret), "198.51.100.0"))).Outcome.ShouldBe(SignInOutcome.Waiting);
        (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret), "203.0.113.0"))).Outcome.ShouldBe(SignInOutcome.SignedIn);
    }

    [Fact]
    public async Task Who_has_the_password_and_guesses_codes_is_slowed_down_over_all_networks()
    {
        var (hands, _) = await ReadyAsync("codes");
        for (var attempt = 1; attempt <= 5; attempt++)
            (await app.Send(new SignIn(hands.Name, hands.Password, "000000", $"192.0.2.{attempt}"))).Outcome.ShouldBe(SignInOutcome.Refused);

        (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret), "192.0.2.77"))).Outcome.ShouldBe(SignInOutcome.Refused);
        var own = new KnownBrowser(Guid.NewGuid(), [hands.Id], app.Time.GetUtcNow());
        (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret), "192.0.2.77", own))).Outcome.ShouldBe(SignInOutcome.SignedIn);
    }

    [Fact]
    public async Task Wrong_attempts_at_once_are_all_counted()
    {
        var (hands, _) = await ReadyAsync("many");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.Send(new SignIn(hands.Name, "wrong password", "000000"))));

        (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.Waiting);
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_the_authenticator_once()
    {
        var (hands, browser) = await ReadyAsync("recovery");
        var codes = await hands.Send(new RenewRecoveryCodes());
        codes.Distinct().Count().ShouldBe(10);

        (await RecoverAsync(browser, hands, codes[0].ToLowerInvariant())).Headers.Location!.ToString().ShouldBe("/staff");
        (await (await RecoverAsync(app.Browser(false), hands, codes[0])).TextAsync()).ShouldContain(Refused);
        (await browser.ReadAsync("/staff/sign-ins")).ShouldContain("还有 9 个");
        (await app.Read(db => db.Audit.CountAsync(a => a.Act == "UseRecoveryCode" && a.StaffId == hands.Id))).ShouldBe(1);

        await hands.Send(new RenewRecoveryCodes());
        (await (await RecoverAsync(app.Browser(false), hands, codes[1])).TextAsync()).ShouldContain(Refused);
    }

    [Fact]
    public async Task One_persons_recovery_code_is_no_use_to_another()
    {
        var (hands, browser) = await ReadyAsync("codes.mine");
        var (other, _) = await ReadyAsync("codes.theirs");
        var codes = await other.Send(new RenewRecoveryCodes());

        (await (await RecoverAsync(browser, hands, codes[0])).TextAsync()).ShouldContain(Refused);
    }

    [Fact]
    public async Task Signing_out_takes_the_session_away_for_good()
    {
        var hands = await app.As(Role.Auditor, person: "out");
        var browser = app.BrowserOf(hands);
        await browser.ReadAsync("/staff/audit");

        (await browser.SendFormAsync("/staff/audit", [], "/staff/sign-out")).Headers.Location!.ToString().ShouldBe("/staff/sign-in");

        (await app.Read(db => db.StaffSessions.AnyAsync(s => s.Id == hands.Pass.Id))).ShouldBeFalse();
        (await app.BrowserOf(hands).GetAsync("/staff/audit", Token)).Headers.Location!.ToString().ShouldBe("/staff/sign-in");
    }

    [Fact]
    public async Task Signing_in_anew_ends_the_session_this_browser_had()
    {
        var hands = await app.As(Role.Auditor, person: "anew");
        app.Time.Advance(TimeSpan.FromSeconds(30));

        var again = await app.BrowserOf(hands).SendFormAsync(
            "/staff/sign-ins", [("Name", hands.Name), ("Password", hands.Password), ("Code", app.CodeNow(hands.TotpSecret))], "/staff/sign-in");

        again.CookieIn("__Host-staff").ShouldNotBe($"__Host-staff={hands.Pass.ToCookie()}");
        (await app.Send(new ResumeSession(hands.Pass))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_lives_while_it_is_used_and_ends_after_thirty_idle_minutes()
    {
        var browser = app.BrowserOf(await app.As(Role.Auditor, person: "idle"));
        app.Time.Advance(TimeSpan.FromMinutes(29));
        await browser.ReadAsync("/staff/audit");
        app.Time.Advance(TimeSpan.FromMinutes(29));
        await browser.ReadAsync("/staff/audit");

        app.Time.Advance(TimeSpan.FromMinutes(30));

        (await browser.GetAsync("/staff/audit", Token)).Headers.Location!.ToString().ShouldBe("/staff/sign-in");
    }

    [Fact]
    public async Task What_is_left_of_ended_sessions_goes_at_the_next_sign_in()
    {
        var hands = await app.As(Role.Auditor, person: "sweep");
        app.Time.Advance(TimeSpan.FromMinutes(31));

        await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret)));

        (await app.Read(db => db.StaffSessions.AnyAsync(s => s.Id == hands.Pass.Id))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_busy()
    {
        var browser = app.BrowserOf(await app.As(Role.Auditor, person: "busy"));
        for (var passed = 0; passed < 700; passed += 20)
        {
            await browser.ReadAsync("/staff/sign-ins");
            app.Time.Advance(TimeSpan.FromMinutes(20));
        }

        await browser.ReadAsync("/staff/sign-ins");
        app.Time.Advance(TimeSpan.FromMinutes(20));

        (await browser.GetAsync("/staff/sign-ins", Token)).Headers.Location!.ToString().ShouldBe("/staff/sign-in");
    }

    private static Task<HttpResponseMessage> RecoverAsync(HttpClient browser, StaffHands hands, string code) =>
        browser.SendFormAsync("/staff/sign-in", [("Name", hands.Name), ("Password", hands.Password), ("RecoveryCode", code)]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Somebody who has a fresh code to use.</summary>
    private async Task<(StaffHands Hands, HttpClient Browser)> ReadyAsync(string person)
    {
        var hands = await app.As(Role.Auditor, person: person);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        return (hands, app.Browser(followRedirects: false));
    }
}

public sealed class SignInPageOnSqliteTests(SqliteApplication app) : SignInPageTests(app), IClassFixture<SqliteApplication>;

public sealed class SignInPageOnPostgresTests(PostgresApplication app) : SignInPageTests(app), IClassFixture<PostgresApplication>;
