using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Staff;

/// <summary>The ceremony of passkeys against a device made of code, which can also lie.</summary>
public abstract partial class PasskeyTests(ReportApplication app)
{
    private const string Page = "/staff/passkeys";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_is_added_on_the_page_and_then_signs_in_with_the_password()
    {
        var hands = await app.As(Role.Auditor, person: "passkey.page");
        using var device = new SoftAuthenticator();
        var own = app.BrowserOf(hands);

        var asked = await (await own.SendFormAsync(Page, [("Name", "办公室电脑")], Page + "?handler=Begin")).TextAsync();
        var options = WebUtility.HtmlDecode(Options().Match(asked).Groups["options"].Value);
        var made = device.Make(new PasskeyQuestion(options, Kept: ""));
        var added = await own.PostAsync(Page + "?handler=Add", new FormUrlEncodedContent(
            [new("form-token", Pages.TokenIn(asked)), new("Name", "办公室电脑"), new("Passkey", made.Credential)]), Token);
        added.Headers.Location?.ToString().ShouldBe(Page);
        (await own.ReadAsync(Page)).ShouldContain("办公室电脑");

        var browser = app.Browser(followRedirects: false);
        var used = device.Use(new PasskeyQuestion(await browser.GetStringAsync("/staff/sign-in?handler=passkey", Token), Kept: ""));
        var entered = await browser.SendFormAsync("/staff/sign-in", [("Name", hands.Name), ("Password", hands.Password), ("Passkey", used.Credential)]);

        entered.Headers.Location?.ToString().ShouldBe("/staff");
        (await AuditedAsync(hands, "AddPasskey")).ShouldBe(1);
        (await AuditedAsync(hands, "UsePasskey")).ShouldBe(1);
    }

    [Fact]
    public async Task Before_the_sign_in_the_question_names_nobody()
    {
        using var device = new SoftAuthenticator();
        await AddedAsync("named", device);

        JsonDocument.Parse((await app.Send(new AskForPasskey())).Options).RootElement.GetProperty("allowCredentials").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_password_is_asked_in_any_case()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("password", device);

        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())), "another password")).ShouldBe(SignInOutcome.Refused);
    }

    [Fact]
    public async Task An_answer_works_once()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("replay", device);
        var answer = device.Use(await app.Send(new AskForPasskey()));
        (await SignInAsync(hands, answer)).ShouldBe(SignInOutcome.SignedIn);

        (await SignInAsync(hands, answer)).ShouldBe(SignInOutcome.Refused);
        (await ChallengeOf(answer)).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_was_refused_does_not_work_later()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("spent", device);
        var question = await app.Send(new AskForPasskey());
        device.Origin = "https://12350.example";
        (await SignInAsync(hands, device.Use(question))).ShouldBe(SignInOutcome.Refused);

        device.Origin = "https://localhost";
        (await SignInAsync(hands, device.Use(question))).ShouldBe(SignInOutcome.Refused);
        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.SignedIn);
    }

    [Theory]
    [InlineData("https://localhost.evil.example")]
    [InlineData("http://localhost")]
    [InlineData("https://localhost:8443")]
    public async Task From_another_origin_it_is_refused(string origin)
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("origin", device);
        device.Origin = origin;

        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Refused);
    }

    [Fact]
    public async Task Without_finger_face_or_pin_it_is_refused()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("unverified", device);
        device.Verifies = false;

        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Refused);
    }

    [Fact]
    public async Task After_five_minutes_or_from_another_browser_it_is_refused()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("late", device);
        var late = device.Use(await app.Send(new AskForPasskey()));
        app.Time.Advance(TimeSpan.FromMinutes(5));
        var elsewhere = device.Use(await app.Send(new AskForPasskey())) with { Kept = null };
        var inASession = device.Use(await hands.Send(new AskForPasskey()));

        foreach (var answer in new[] { late, elsewhere, inASession })
            (await SignInAsync(hands, answer)).ShouldBe(SignInOutcome.Refused);
    }

    [Fact]
    public async Task Another_persons_passkey_is_refused()
    {
        using var device = new SoftAuthenticator();
        await AddedAsync("owner", device);
        var hands = await app.As(Role.Auditor, person: "passkey.thief");

        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Refused);
        (await hands.Send(new ConfirmSecondFactor("", device.Use(await hands.Send(new AskForPasskey()))))).ShouldBe(SignInOutcome.Refused);
    }

    [Fact]
    public async Task A_counter_that_goes_back_ends_the_passkey_and_the_audit_says_so()
    {
        using var device = new SoftAuthenticator { Counter = 10 };
        var hands = await AddedAsync("copied", device);
        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.SignedIn);

        device.Counter = 5;
        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Refused);
        device.Counter = 100;
        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Refused);

        (await hands.Send(new ListMyPasskeys())).ShouldHaveSingleItem().IsSuspect.ShouldBeTrue();
        (await AuditedAsync(hands, "UsePasskey", refused: true)).ShouldBe(2);
        (await app.BrowserOf(hands).ReadAsync(Page)).ShouldContain("可能被复制过");
    }

    [Fact]
    public async Task Of_two_uses_with_one_count_only_one_is_let_in()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("race", device);
        var one = device.Use(await app.Send(new AskForPasskey()));
        device.Counter--;
        var copy = device.Use(await app.Send(new AskForPasskey()));

        var outcomes = await Task.WhenAll(SignInAsync(hands, one), SignInAsync(hands, copy));

        outcomes.Count(outcome => outcome is SignInOutcome.SignedIn).ShouldBe(1);
    }

    [Fact]
    public async Task Devices_that_do_not_count_are_taken_again_and_again()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("uncounted", device);
        for (var time = 0; time < 3; time++)
        {
            device.Counter = uint.MaxValue; // goes on to 0
            (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.SignedIn);
        }
    }

    [Fact]
    public async Task It_confirms_what_can_not_be_taken_back()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("stepup", device);
        hands.StepsUp = false;
        app.Time.Advance(TimeSpan.FromMinutes(6));
        await Should.ThrowAsync<StepUpNeededException>(() => hands.Send(new RenewRecoveryCodes()));
        var browser = app.BrowserOf(hands);
        var asked = await (await browser.SendFormAsync("/staff/sign-ins", [], "/staff/sign-ins?handler=Renew")).TextAsync();
        asked.ShouldContain("用通行密钥");

        var question = new PasskeyQuestion(await browser.GetStringAsync("/staff/sign-in?handler=passkey", Token), Kept: "");
        JsonDocument.Parse(question.Options).RootElement.GetProperty("allowCredentials").GetArrayLength().ShouldBe(1);
        var answer = await browser.PostAsync("/staff/sign-ins?handler=Renew", new FormUrlEncodedContent(
            [new("form-token", Pages.TokenIn(asked)), new("StepUpKept", Kept().Match(asked).Groups["kept"].Value), new("StepUpPasskey", device.Use(question).Credential)]), Token);

        (await answer.TextAsync()).ShouldContain("旧的恢复码已经全部作废");
    }

    [Fact]
    public async Task Wrong_answers_are_slowed_down_as_wrong_codes_are()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("slow", device);
        device.Verifies = false;
        for (var attempt = 1; attempt <= 5; attempt++)
            (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Refused);

        device.Verifies = true;
        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Waiting);
    }

    [Fact]
    public async Task Adding_and_removing_need_a_fresh_second_factor()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("fresh", device);
        var own = (await hands.Send(new ListMyPasskeys())).ShouldHaveSingleItem().Id;
        hands.StepsUp = false;
        app.Time.Advance(TimeSpan.FromMinutes(6));

        await Should.ThrowAsync<StepUpNeededException>(() => hands.Send(new PreparePasskey("又一个")));
        await Should.ThrowAsync<StepUpNeededException>(() => hands.Send(new AddPasskey("又一个", new PasskeyAnswer("", null))));
        await Should.ThrowAsync<StepUpNeededException>(() => hands.Send(new RemovePasskey(own)));
    }

    [Fact]
    public async Task Removed_it_opens_nothing_and_the_authenticator_still_does()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("removed", device);
        var own = (await hands.Send(new ListMyPasskeys())).ShouldHaveSingleItem().Id;
        var browser = app.BrowserOf(hands);
        (await browser.SendFormAsync(Page, [("passkey", own.ToString())], Page + "?handler=Remove")).Headers.Location?.ToString().ShouldBe(Page);

        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Refused);
        app.Time.Advance(TimeSpan.FromSeconds(30));
        (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.SignedIn);
        (await AuditedAsync(hands, "RemovePasskey")).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_renames_or_removes_another_persons()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("mine", device);
        var own = (await hands.Send(new ListMyPasskeys())).ShouldHaveSingleItem().Id;
        var intruder = await app.As(Role.Administrator, person: "passkey.intruder");

        await Should.ThrowAsync<NotFoundException>(() => intruder.Send(new RenamePasskey(own, "x")));
        await Should.ThrowAsync<NotFoundException>(() => intruder.Send(new RemovePasskey(own)));
        (await hands.Send(new ListMyPasskeys())).ShouldHaveSingleItem().Name.ShouldBe("手机");
    }

    [Fact]
    public async Task It_is_renamed_by_its_owner_and_a_name_is_needed()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("rename", device);
        var own = (await hands.Send(new ListMyPasskeys())).ShouldHaveSingleItem().Id;

        await hands.Send(new RenamePasskey(own, " 新手机 "));
        (await hands.Send(new ListMyPasskeys())).ShouldHaveSingleItem().Name.ShouldBe("新手机");
        await Should.ThrowAsync<ValidationException>(() => hands.Send(new RenamePasskey(own, " ")));
        await Should.ThrowAsync<ValidationException>(() => hands.Send(new PreparePasskey(new string('长', 41))));
    }

    [Fact]
    public async Task An_answer_to_no_question_of_ours_adds_nothing()
    {
        using var device = new SoftAuthenticator();
        var hands = await app.As(Role.Auditor, person: "passkey.unasked");
        var other = await app.As(Role.Auditor, person: "passkey.other");
        var question = await other.Send(new PreparePasskey("手机"));
        var prove = await hands.Send(new AskForPasskey());

        PasskeyAnswer[] wrong = [device.Make(question), device.Make(question) with { Kept = prove.Kept }, device.Make(question) with { Kept = null }, new("{}", question.Kept), new("", "")];
        foreach (var answer in wrong)
            await Should.ThrowAsync<ValidationException>(() => hands.Send(new AddPasskey("手机", answer)));
        (await hands.Send(new ListMyPasskeys())).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_key_belongs_to_one_person_once()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("once", device);
        var other = await app.As(Role.Auditor, person: "passkey.twice");

        foreach (var person in new[] { hands, other })
        {
            var answer = device.Make(await person.Send(new PreparePasskey("手机")));
            await Should.ThrowAsync<ValidationException>(() => person.Send(new AddPasskey("手机", answer)));
        }
    }

    [Fact]
    public async Task Ten_are_enough()
    {
        var hands = await app.As(Role.Auditor, person: "passkey.many");
        for (var at = 0; at < 10; at++)
        {
            using var device = new SoftAuthenticator();
            await AddAsync(hands, device);
        }

        using var another = new SoftAuthenticator();
        (await Should.ThrowAsync<RuleBrokenException>(() => AddAsync(hands, another))).Message.ShouldContain("rule.PasskeysTooMany");
    }

    [Fact]
    public async Task Without_script_the_pages_say_that_the_code_stays()
    {
        var hands = await app.As(Role.Auditor, person: "passkey.script");

        foreach (var page in new[] { await app.Browser().ReadAsync("/staff/sign-in"), await app.BrowserOf(hands).ReadAsync(Page) })
            page.ShouldContain("<noscript><p class=\"hint\">通行密钥需要浏览器脚本");
    }

    [Fact]
    public async Task Who_is_deactivated_leaves_none()
    {
        using var device = new SoftAuthenticator();
        var hands = await AddedAsync("leaver", device);

        await (await Recruiting.AdministratorAsync(app)).Send(new DeactivateStaff(hands.Id));

        (await app.Read(db => db.StaffPasskeys.AnyAsync(k => k.StaffId == hands.Id, Token))).ShouldBeFalse();
        (await SignInAsync(hands, device.Use(await app.Send(new AskForPasskey())))).ShouldBe(SignInOutcome.Refused);
    }

    private async Task<StaffHands> AddedAsync(string person, SoftAuthenticator device)
    {
        var hands = await app.As(Role.Auditor, person: "passkey." + person);
        await AddAsync(hands, device);
        return hands;
    }

    private static async Task AddAsync(StaffHands hands, SoftAuthenticator device) =>
        await hands.Send(new AddPasskey("手机", device.Make(await hands.Send(new PreparePasskey("手机")))));

    private async Task<SignInOutcome> SignInAsync(StaffHands hands, PasskeyAnswer answer, string? password = null) =>
        (await app.Send(new SignIn(hands.Name, password ?? hands.Password, "", Passkey: answer))).Outcome;

    private Task<int> AuditedAsync(StaffHands hands, string act, bool refused = false) =>
        app.Read(db => db.Audit.CountAsync(a => a.Act == act && a.StaffId == hands.Id && a.Refused == refused, Token));

    private Task<int> ChallengeOf(PasskeyAnswer answer)
    {
        var seal = (Report12350.Confidentiality.CookieSeal)app.Services.GetService(typeof(Report12350.Confidentiality.CookieSeal))!;
        seal.TryOpen<PasskeyChallenge>(answer.Kept, "passkey to prove", out var challenge).ShouldBeTrue();
        return app.Read(db => db.SpentChallenges.CountAsync(c => c.Id == challenge!.Id, Token));
    }

    [GeneratedRegex("data-options=\"(?<options>[^\"]+)\"")]
    private static partial Regex Options();

    [GeneratedRegex("name=\"StepUpKept\" value=\"(?<kept>[^\"]+)\"")]
    private static partial Regex Kept();
}

public sealed class PasskeyOnSqliteTests(SqliteApplication app) : PasskeyTests(app), IClassFixture<SqliteApplication>;

public sealed class PasskeyOnPostgresTests(PostgresApplication app) : PasskeyTests(app), IClassFixture<PostgresApplication>;

/// <summary>The site as it is before its address is configured.</summary>
public sealed class WithoutAddressApplication : SqliteApplication
{
    protected override void ConfigureWebHost(Microsoft.AspNetCore.Hosting.IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting(SiteAddress.Setting, "");
    }
}

public sealed class PasskeyWithoutAddressTests(WithoutAddressApplication app) : IClassFixture<WithoutAddressApplication>
{
    [Fact]
    public async Task Passkeys_are_off_and_the_page_says_why()
    {
        var hands = await app.As(Role.Auditor);

        (await app.BrowserOf(hands).ReadAsync("/staff/passkeys")).ShouldContain("Site:Address");
        (await app.Browser().ReadAsync("/staff/sign-in")).ShouldNotContain("通行密钥");
        (await app.Browser().GetAsync("/staff/sign-in?handler=passkey", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Send(new SignIn(hands.Name, hands.Password, "", Passkey: new PasskeyAnswer("{}", null)))).Outcome.ShouldBe(SignInOutcome.Refused);
    }
}
