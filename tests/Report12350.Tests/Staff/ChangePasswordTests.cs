using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tracking;

namespace Report12350.Tests.Staff;

/// <summary>One's own password changed: the same key under another, and nothing else is lost or left open.</summary>
public abstract partial class ChangePasswordTests(ReportApplication app)
{
    private const string Page = "/staff/password";
    private const string New = "lychee ferry lantern ticket";
    private const string Waiting = "password.error.wait";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_new_password_opens_what_was_sealed_before_and_the_old_one_opens_nothing()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var officer = await app.As(Role.Officer, CaseHands.Gas, "changes");
        var before = await KeysOfAsync(officer);

        await officer.Send(new ChangePassword(officer.Password, New));

        (await OutcomeAsync(officer, officer.Password)).ShouldBe(SignInOutcome.Refused);
        var changed = await WithAsync(officer, New);
        (await changed.Send(new ReadCase(filed.Number))).Report.Number.ShouldBe(filed.Number);
        var after = await KeysOfAsync(officer);
        after.PublicKey.ShouldBe(before.PublicKey);
        after.Totp.ShouldBe(before.Totp);
        after.Salt.ShouldNotBe(before.Salt);
    }

    [Fact]
    public async Task On_the_page_it_ends_all_other_sign_ins_and_this_one_goes_on()
    {
        var hands = await app.As(Role.Auditor, person: "password.page");
        var other = (await WithAsync(hands, hands.Password)).Pass;
        using var browser = app.BrowserOf(hands);
        (await browser.ReadAsync("/staff/sign-ins")).ShouldContain($"href=\"{Page}\"");

        var answer = await SendAsync(browser, hands.Password, New, New);

        answer.Headers.Location?.ToString().ShouldBe("/staff/sign-ins");
        (await browser.ReadAsync("/staff/sign-ins")).ShouldContain("密码已改");
        (await app.Send(new ResumeSession(other))).ShouldBeFalse();
        (await app.Send(new ResumeSession(hands.Pass))).ShouldBeTrue();
        (await AuditedAsync(hands, refused: false)).ShouldBe(1);
    }

    [Fact]
    public async Task The_page_asks_as_browsers_and_their_lists_of_passwords_expect()
    {
        var hands = await app.As(Role.Auditor, person: "password.fields");
        using var browser = app.BrowserOf(hands);

        var page = await browser.ReadAsync(Page);

        Fields().Matches(page).Select(field => field.Groups["filled"].Value).ShouldBe(["current-password", "new-password", "new-password"]);
        page.ShouldContain($"<input value=\"{hands.Name}\" autocomplete=\"username\" readonly hidden />");
        page.ShouldNotContain("不是单位账号的密码");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_beside_its_field_and_counted_over_all_sessions_of_the_person()
    {
        var hands = await app.As(Role.Auditor, person: "password.guessed");
        var elsewhere = await WithAsync(hands, hands.Password);
        using var browser = app.BrowserOf(hands);
        var refused = await (await SendAsync(browser, "a guessed secret phrase", New, New)).TextAsync();
        refused.ShouldContain("id=\"Current-error\">现在的密码不对");
        refused.ShouldNotContain("a guessed secret phrase");
        refused.ShouldNotContain(New);

        for (var attempt = 2; attempt <= 5; attempt++)
            await RefusedAsync(elsewhere, "another guess", New, "password.error.wrong");
        await RefusedAsync(hands, hands.Password, New, Waiting);
        await RefusedAsync(elsewhere, hands.Password, New, Waiting);
        (await (await SendAsync(browser, hands.Password, New, New)).TextAsync()).ShouldContain("输错太多次");
        (await AuditedAsync(hands, refused: true)).ShouldBe(5);
        (await OutcomeAsync(hands, hands.Password)).ShouldBe(SignInOutcome.SignedIn, "who guesses in a session holds up nobody at the sign-in");

        app.Time.Advance(TimeSpan.FromSeconds(30));
        await hands.Send(new ChangePassword(hands.Password, New));
        (await OutcomeAsync(hands, New)).ShouldBe(SignInOutcome.SignedIn);
    }

    [Theory]
    [InlineData("short", "staff.error.passwordShort")]
    [InlineData("auditor.awb-2026-03", "staff.error.passwordCommon")]
    [InlineData("correct horse battery", "password.error.same")]
    [InlineData("ｃｏｒｒｅｃｔ horse battery", "password.error.same")]
    public async Task A_new_password_that_is_none_is_refused_with_a_text_and_is_no_guess(string password, string text)
    {
        var hands = await app.As(Role.Auditor, person: "password.rules");
        hands.Password.ShouldBe("correct horse battery");

        for (var attempt = 1; attempt <= 6; attempt++)
            await RefusedAsync(hands, hands.Password, password, text, nameof(ChangePassword.Password));

        (await OutcomeAsync(hands, hands.Password)).ShouldBe(SignInOutcome.SignedIn);
        (await AuditedAsync(hands, refused: false)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_each_field()
    {
        var hands = await app.As(Role.Auditor, person: "password.beside");
        using var browser = app.BrowserOf(hands);

        (await (await SendAsync(browser, hands.Password, New, New + "!")).TextAsync()).ShouldContain("id=\"Again-error\">两次输入的密码不一样");
        var both = await (await SendAsync(browser, "", "short", "short")).TextAsync();
        both.ShouldContain("id=\"Current-error\">现在的密码不对");
        both.ShouldContain("id=\"Password-error\">密码至少 12 个字");
        (await (await SendAsync(browser, hands.Password, hands.Password, hands.Password)).TextAsync()).ShouldContain("id=\"Password-error\">新密码和现在的一样");
        (await OutcomeAsync(hands, hands.Password)).ShouldBe(SignInOutcome.SignedIn);
    }

    [Fact]
    public async Task Without_a_fresh_second_factor_it_is_refused_and_audited_and_with_one_the_form_goes_on()
    {
        var hands = await app.As(Role.Auditor, person: "password.stepup");
        hands.StepsUp = false;
        app.Time.Advance(StepUp.Fresh);
        await Should.ThrowAsync<StepUpNeededException>(() => hands.Send(new ChangePassword(hands.Password, New)));
        (await AuditedAsync(hands, refused: true)).ShouldBe(1);
        using var browser = app.BrowserOf(hands);

        var asked = await SendAsync(browser, hands.Password, New, New);
        asked.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await asked.TextAsync();
        page.ShouldContain("请再输入一次动态码");
        page.ShouldNotContain(hands.Password);
        page.ShouldNotContain(New);
        (await app.Send(new SignIn(hands.Name, New, app.CodeNow(hands.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.Refused);
        var gone = await browser.PostAsync(Page, new FormUrlEncodedContent(
            [new("form-token", Pages.TokenIn(page)), new("StepUpKept", Kept().Match(page).Groups["kept"].Value), new("StepUpCode", app.CodeNow(hands.TotpSecret))]), Token);

        gone.Headers.Location?.ToString().ShouldBe("/staff/sign-ins");
        (await OutcomeAsync(hands, New)).ShouldBe(SignInOutcome.SignedIn);
    }

    [Fact]
    public async Task Recovery_codes_and_passkeys_work_as_before()
    {
        var hands = await app.As(Role.Auditor, person: "password.factors");
        var codes = await hands.Send(new RenewRecoveryCodes());
        using var device = new SoftAuthenticator();
        await hands.Send(new AddPasskey("手机", device.Make(await hands.Send(new PreparePasskey("手机")))));

        await hands.Send(new ChangePassword(hands.Password, New));

        (await app.Send(new SignIn(hands.Name, New, codes[0]))).Outcome.ShouldBe(SignInOutcome.SignedIn);
        (await app.Send(new SignIn(hands.Name, New, "", Passkey: device.Use(await app.Send(new AskForPasskey()))))).Outcome.ShouldBe(SignInOutcome.SignedIn);
        (await app.Send(new SignIn(hands.Name, hands.Password, codes[1]))).Outcome.ShouldBe(SignInOutcome.Refused);
        (await app.Send(new SignIn(hands.Name, New, codes[1]))).Outcome.ShouldBe(SignInOutcome.SignedIn, "a wrong password uses no code up");
    }

    [Fact]
    public async Task Who_changed_it_admits_others_and_when_it_is_lost_too_the_recovery_key_admits_them()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var (officer, newcomer) = (await app.As(Role.Officer, CaseHands.Gas, "keeps"), await app.As(Role.Officer, CaseHands.Gas, "newcomer"));
        var administrator = await Recruiting.AdministratorAsync(app);
        var group = Groups.OfDepartment(CaseHands.Gas);

        await officer.Send(new ChangePassword(officer.Password, New));

        var changed = await WithAsync(officer, New);
        var fresh = await Recruiting.JoinWithAsync(app, await administrator.Send(new InviteAgain(newcomer.Id)));
        await changed.Send(new AdmitMember(fresh.Id, group, RecoveryKey: null));
        (await fresh.Send(new ReadCase(filed.Number))).Report.Number.ShouldBe(filed.Number);

        var again = await Recruiting.JoinWithAsync(app, await administrator.Send(new InviteAgain(officer.Id)));
        (await app.Send(new SignIn(officer.Name, New, app.CodeNow(again.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.Refused);
        await administrator.Send(new AdmitMember(again.Id, group, app.Notes.RecoveryKey));
        (await again.Send(new ReadCase(filed.Number))).Report.Number.ShouldBe(filed.Number);
    }

    [Fact]
    public async Task When_it_fails_half_way_the_old_password_works_and_nothing_has_ended()
    {
        var hands = await app.As(Role.Auditor, person: "password.halfway");
        var other = (await WithAsync(hands, hands.Password)).Pass;
        await StopEndingSessionsAsync(true);
        try
        {
            (await Should.ThrowAsync<Exception>(() => hands.Send(new ChangePassword(hands.Password, New)))).ToString().ShouldContain("stopped by the test");
        }
        finally
        {
            await StopEndingSessionsAsync(false);
        }

        (await OutcomeAsync(hands, New)).ShouldBe(SignInOutcome.Refused);
        (await OutcomeAsync(hands, hands.Password)).ShouldBe(SignInOutcome.SignedIn);
        (await app.Send(new ResumeSession(other))).ShouldBeTrue();
        (await AuditedAsync(hands, refused: false)).ShouldBe(0);
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_is_made_and_its_password_works()
    {
        var hands = await app.As(Role.Auditor, person: "password.twice");
        string[] wanted = [New, New + " half past nine"];

        var made = await Task.WhenAll(wanted.Select(async password => await Record.ExceptionAsync(() => hands.Send(new ChangePassword(hands.Password, password))) is null));

        made.Count(one => one).ShouldBe(1);
        (await OutcomeAsync(hands, wanted[made[0] ? 0 : 1])).ShouldBe(SignInOutcome.SignedIn);
        (await OutcomeAsync(hands, wanted[made[0] ? 1 : 0])).ShouldBe(SignInOutcome.Refused);
    }

    [Fact]
    public async Task Who_was_just_signing_in_with_the_old_one_does_not_get_in()
    {
        var hands = await app.As(Role.Auditor, person: "password.meanwhile");
        await ChangeMeanwhileAsync(hands.Id.ToString().ToUpperInvariant());

        (await OutcomeAsync(hands, hands.Password)).ShouldBe(SignInOutcome.Refused);

        (await app.Read(db => db.StaffSessions.CountAsync(s => s.StaffId == hands.Id, Token))).ShouldBe(1, "the one there was");
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_changes_any()
    {
        await Should.ThrowAsync<NotPermittedException>(() => app.Send(new ChangePassword("correct horse battery", New)));
        (await app.Browser(followRedirects: false).GetAsync(Page, Token)).Headers.Location?.ToString().ShouldBe("/staff/sign-in");
    }

    /// <summary>Makes the database itself refuse in the middle: the key is sealed anew already, the sessions are about to end.</summary>
    protected abstract Task StopEndingSessionsAsync(bool stop);

    /// <summary>Makes the database itself change this person's salt between the check of the password and the session: when the count of attempts is forgotten.</summary>
    protected abstract Task ChangeMeanwhileAsync(string id);

    protected Task<int> RunAsync(string sql) => app.Read(db => db.Database.ExecuteSqlRawAsync(sql, Token));

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string current, string password, string again) =>
        browser.SendFormAsync(Page, [("Current", current), ("Password", password), ("Again", again)]);

    private static async Task RefusedAsync(StaffHands hands, string current, string password, string text, string field = nameof(ChangePassword.Current))
    {
        var fault = (await Should.ThrowAsync<ValidationException>(() => hands.Send(new ChangePassword(current, password)))).Errors.ShouldHaveSingleItem();
        (fault.PropertyName, fault.ErrorMessage).ShouldBe((field, text));
    }

    /// <summary>At another machine, with the next half minute's code.</summary>
    private async Task<StaffHands> WithAsync(StaffHands hands, string password)
    {
        app.Time.Advance(TimeSpan.FromSeconds(30));
        var pass = (await app.Send(new SignIn(hands.Name, password, app.CodeNow(hands.TotpSecret)))).Pass.ShouldNotBeNull();
        return new StaffHands(app, hands.Id, hands.Name, password, hands.TotpSecret, pass);
    }

    private Task<SignInOutcome> OutcomeAsync(StaffHands hands, string password)
    {
        app.Time.Advance(TimeSpan.FromSeconds(30));
        return OutcomeNowAsync(hands, password);
    }

    private async Task<SignInOutcome> OutcomeNowAsync(StaffHands hands, string password) =>
        (await app.Send(new SignIn(hands.Name, password, app.CodeNow(hands.TotpSecret)))).Outcome;

    private async Task<(byte[] PublicKey, byte[] Totp, byte[] Salt)> KeysOfAsync(StaffHands hands)
    {
        var member = await app.Read(db => db.Staff.AsNoTracking().SingleAsync(m => m.Id == hands.Id, Token));
        return (member.PublicKey, member.SealedTotpSecret, member.KeySalt);
    }

    private Task<int> AuditedAsync(StaffHands hands, bool refused) =>
        app.Read(db => db.Audit.CountAsync(a => a.Act == nameof(ChangePassword) && a.StaffId == hands.Id && a.Refused == refused, Token));

    [GeneratedRegex("<input(?=[^>]*type=\"password\")[^>]*autocomplete=\"(?<filled>[^\"]+)\"")]
    private static partial Regex Fields();

    [GeneratedRegex("name=\"StepUpKept\" value=\"(?<kept>[^\"]+)\"")]
    private static partial Regex Kept();
}

public sealed class ChangePasswordOnSqliteTests(SqliteApplication app) : ChangePasswordTests(app), IClassFixture<SqliteApplication>
{
    protected override Task StopEndingSessionsAsync(bool stop) => RunAsync(stop
        ? """CREATE TRIGGER stopped BEFORE DELETE ON "StaffSessions" BEGIN SELECT RAISE(ABORT, 'stopped by the test'); END"""
        : "DROP TRIGGER stopped");

    protected override Task ChangeMeanwhileAsync(string id) =>
        RunAsync($"""CREATE TRIGGER changed AFTER DELETE ON "SignInDelays" BEGIN UPDATE "Staff" SET "KeySalt" = randomblob(16) WHERE "Id" = '{id}'; END""");
}

public sealed class ChangePasswordOnPostgresTests(PostgresApplication app) : ChangePasswordTests(app), IClassFixture<PostgresApplication>
{
    protected override Task StopEndingSessionsAsync(bool stop) => RunAsync(stop
        ? """
          CREATE FUNCTION stopped() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stopped by the test'; END $$;
          CREATE TRIGGER stopped BEFORE DELETE ON "StaffSessions" FOR EACH ROW EXECUTE FUNCTION stopped();
          """
        : "DROP FUNCTION stopped() CASCADE");

    protected override Task ChangeMeanwhileAsync(string id) => RunAsync($"""
        CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE "Staff" SET "KeySalt" = sha256(now()::text::bytea) WHERE "Id" = '{id}'; RETURN NULL; END $$;
        CREATE TRIGGER changed AFTER DELETE ON "SignInDelays" FOR EACH ROW EXECUTE FUNCTION changed();
        """);
}

/// <summary>The site with a list of breached passwords.</summary>
public sealed class BreachedListApplication : SqliteApplication
{
    public const string Leaked = "lychee ferry lantern ticket";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        var list = Path.Combine(Folder, "breached.txt");
        File.WriteAllText(list, $"{Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(Leaked)))}:3\n");
        builder.UseSetting("Security:BreachedPasswords", list);
    }
}

public sealed class ChangePasswordBreachedTests(BreachedListApplication app) : IClassFixture<BreachedListApplication>
{
    [Fact]
    public async Task One_that_leaked_elsewhere_is_refused_beside_its_field()
    {
        var hands = await app.As(Role.Auditor);
        using var browser = app.BrowserOf(hands);

        var answer = await browser.SendFormAsync("/staff/password", [("Current", hands.Password), ("Password", BreachedListApplication.Leaked), ("Again", BreachedListApplication.Leaked)]);

        (await answer.TextAsync()).ShouldContain("id=\"Password-error\">这个密码在别处泄露过");
        app.Time.Advance(TimeSpan.FromSeconds(30));
        (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.SignedIn);
    }
}
