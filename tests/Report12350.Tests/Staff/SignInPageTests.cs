using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Staff;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Staff;

public abstract class SignInPageTests(ReportApplication app)
{
    private const string Refused = "登录名、密码或动态码不对";
    private const string Locked = "错误次数太多，已锁定";

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

    [Fact]
    public async Task Ten_wrong_attempts_lock_and_a_quarter_of_an_hour_releases()
    {
        var (hands, browser) = await ReadyAsync("locked");
        for (var attempt = 1; attempt <= 9; attempt++)
            (await (await browser.SignInAsync(hands.Name, "wrong password", "000000")).TextAsync()).ShouldContain(Refused);
        (await (await browser.SignInAsync(hands.Name, "wrong password", "000000")).TextAsync()).ShouldContain(Locked);
        (await (await browser.SignInAsync(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret))).TextAsync()).ShouldContain(Locked);

        app.Time.Advance(TimeSpan.FromMinutes(15));

        (await browser.SignInAsync(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret))).Headers.Location!.ToString().ShouldBe("/staff");
    }

    [Fact]
    public async Task Wrong_attempts_at_once_are_all_counted()
    {
        var (hands, _) = await ReadyAsync("many");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.Send(new SignIn(hands.Name, "wrong password", "000000"))));

        (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.Locked);
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
