using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Worklist;

namespace Report12350.Tests.Staff;

public abstract partial class StepUpTests(ReportApplication app)
{
    private const string Export = "/staff?shelf=all&handler=Export";
    private const string Renew = "/staff/sign-ins?handler=Renew";

    [Fact]
    public async Task Without_a_fresh_second_factor_it_is_refused_and_audited_and_with_one_it_works()
    {
        var hands = await StaleAsync(Role.Dispatcher, "export");

        await Should.ThrowAsync<StepUpNeededException>(() => hands.Send(new ExportWorklist(new ReadWorklist { Shelf = Shelf.All })));
        (await app.Read(db => db.Audit.CountAsync(a => a.Act == nameof(ExportWorklist) && a.StaffId == hands.Id && a.Refused))).ShouldBe(1);

        (await hands.Send(new ConfirmSecondFactor(app.CodeNow(hands.TotpSecret)))).ShouldBe(SignInOutcome.SignedIn);
        await hands.Send(new ExportWorklist(new ReadWorklist { Shelf = Shelf.All }));
        (await app.Read(db => db.Audit.CountAsync(a => a.Act == nameof(ExportWorklist) && a.StaffId == hands.Id && !a.Refused))).ShouldBe(1);
    }

    [Fact]
    public async Task It_is_fresh_for_five_minutes()
    {
        var hands = await StaleAsync(Role.Auditor, "fresh");
        await hands.Send(new ConfirmSecondFactor(app.CodeNow(hands.TotpSecret)));

        app.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await hands.Send(new RenewRecoveryCodes());
        app.Time.Advance(TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<StepUpNeededException>(() => hands.Send(new RenewRecoveryCodes()));
    }

    [Fact]
    public async Task The_page_asks_for_the_code_and_then_hands_out_the_file()
    {
        var hands = await StaleAsync(Role.Dispatcher, "file");
        var browser = app.BrowserOf(hands);
        var asked = await AskedAsync(await browser.GetAsync(Export, Token));

        var wrong = await AskedAsync(await SendAsync(browser, asked, "000000", Export));
        wrong.ShouldContain("动态码不对");
        var file = await SendAsync(browser, wrong, app.CodeNow(hands.TotpSecret), Export);

        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await browser.GetAsync(Export, Token)).Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
    }

    [Fact]
    public async Task A_form_goes_on_with_what_was_typed()
    {
        var hands = await StaleAsync(Role.Auditor, "form");
        var browser = app.BrowserOf(hands);
        var asked = await AskedAsync(await browser.SendFormAsync("/staff/sign-ins", [("Note", "kept as typed")], Renew));
        asked.ShouldContain("您填的内容都在");
        asked.ShouldNotContain("kept as typed");

        (await (await SendAsync(browser, asked, app.CodeNow(hands.TotpSecret), Renew)).TextAsync()).ShouldContain("旧的恢复码已经全部作废");
    }

    [Fact]
    public async Task What_was_kept_for_one_person_or_page_is_no_use_for_another()
    {
        var hands = await StaleAsync(Role.Auditor, "kept");
        var other = await StaleAsync(Role.Auditor, "other");
        var asked = await AskedAsync(await app.BrowserOf(hands).SendFormAsync("/staff/sign-ins", [], Renew));

        var theirs = app.BrowserOf(other);
        var token = Pages.TokenIn(await theirs.ReadAsync("/staff/sign-ins"));
        var answer = await theirs.PostAsync(Renew, new FormUrlEncodedContent(
            [new("form-token", token), new("StepUpKept", Kept().Match(asked).Groups["kept"].Value), new("StepUpCode", app.CodeNow(other.TotpSecret))]), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Read(db => db.Audit.AnyAsync(a => a.Act == nameof(ConfirmSecondFactor) && a.StaffId == other.Id))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_used_before_does_not_confirm_and_guessing_is_slowed_down()
    {
        var hands = await StaleAsync(Role.Auditor, "guess");
        var code = app.CodeNow(hands.TotpSecret);
        (await hands.Send(new ConfirmSecondFactor(code))).ShouldBe(SignInOutcome.SignedIn);
        (await hands.Send(new ConfirmSecondFactor(code))).ShouldBe(SignInOutcome.Refused);
        for (var attempt = 2; attempt <= 5; attempt++)
            (await hands.Send(new ConfirmSecondFactor("000000"))).ShouldBe(SignInOutcome.Refused);

        (await hands.Send(new ConfirmSecondFactor("000000"))).ShouldBe(SignInOutcome.Waiting);
    }

    [Fact]
    public void What_pays_exports_or_renews_codes_needs_it() =>
        new[] { "PayReward", "AskErasure", "ConfirmErasure", "FixMasks", "ShareMasked", "ExportWorklist", "ExportPayments", "ExportAudit", "RenewRecoveryCodes", "GrantReveal", "LookAtIdentity", "EndMySignIns", "LinkAccount", "ChangePassword", "AddPasskey", "RemovePasskey" }
            .ShouldBeSubsetOf(typeof(INeedStepUp).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(INeedStepUp)) && type.IsClass).Select(type => type.Name));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<StaffHands> StaleAsync(Role role, string person)
    {
        var hands = await app.As(role, person: "stepup." + person);
        hands.StepsUp = false;
        app.Time.Advance(TimeSpan.FromMinutes(5));
        return hands;
    }

    private static async Task<string> AskedAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await answer.TextAsync();
        page.ShouldContain("请再输入一次动态码");
        return page;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string asked, string code, string to) =>
        browser.PostAsync(to, new FormUrlEncodedContent(
            [new("form-token", Pages.TokenIn(asked)), new("StepUpKept", Kept().Match(asked).Groups["kept"].Value), new("StepUpCode", code)]), Token);

    [GeneratedRegex("name=\"StepUpKept\" value=\"(?<kept>[^\"]+)\"")]
    private static partial Regex Kept();
}

public sealed class StepUpOnSqliteTests(SqliteApplication app) : StepUpTests(app), IClassFixture<SqliteApplication>;

public sealed class StepUpOnPostgresTests(PostgresApplication app) : StepUpTests(app), IClassFixture<PostgresApplication>;
