using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Staff;

public abstract class SignInsPageTests(ReportApplication app)
{
    private const string Page = "/staff/sign-ins";

    [Fact]
    public async Task Own_sign_ins_are_shown_by_day_and_one_can_be_ended()
    {
        var hands = await app.As(Role.Auditor, person: "lists");
        var other = await AgainAsync(hands);
        var browser = app.BrowserOf(hands);
        var page = await browser.ReadAsync(Page);
        page.ShouldContain("本次登录");
        page.ShouldContain("3月2日(周一)");
        page.ShouldNotContain("09:0");
        page.ShouldContain(other.Id.ToString());

        (await browser.SendFormAsync(Page, [("session", other.Id.ToString())], Page + "?handler=End")).Headers.Location!.ToString().ShouldBe(Page);

        (await app.Send(new ResumeSession(other))).ShouldBeFalse();
        (await app.Send(new ResumeSession(hands.Pass))).ShouldBeTrue();
    }

    [Fact]
    public async Task All_others_are_ended_and_this_one_stays()
    {
        var hands = await app.As(Role.Auditor, person: "others");
        Report12350.Confidentiality.SessionPass[] others = [await AgainAsync(hands), await AgainAsync(hands)];
        var browser = app.BrowserOf(hands);

        await browser.SendFormAsync(Page, [], Page + "?handler=EndOthers");

        foreach (var other in others)
            (await app.Send(new ResumeSession(other))).ShouldBeFalse();
        (await app.Send(new ResumeSession(hands.Pass))).ShouldBeTrue();
        (await app.Read(db => db.Audit.AnyAsync(a => a.Act == nameof(EndMySignIns) && a.StaffId == hands.Id))).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_ends_another_persons_sign_in_but_an_administrator()
    {
        var hands = await app.As(Role.Auditor, person: "mine");
        var intruder = await app.As(Role.Dispatcher, person: "intruder");

        await intruder.Send(new EndMySignIns(hands.Pass.Id));
        await Should.ThrowAsync<NotPermittedException>(() => intruder.Send(new EndSignInsOf(hands.Id)));
        (await app.Send(new ResumeSession(hands.Pass))).ShouldBeTrue();

        var administrator = app.BrowserOf(await Recruiting.AdministratorAsync(app));
        await administrator.SendFormAsync("/staff/people", [("staff", hands.Id.ToString())], "/staff/people?handler=EndSignIns");
        (await app.Send(new ResumeSession(hands.Pass))).ShouldBeFalse();
    }

    [Fact]
    public async Task New_recovery_codes_are_shown_once()
    {
        var hands = await app.As(Role.Auditor, person: "renews");
        var browser = app.BrowserOf(hands);

        (await (await browser.SendFormAsync(Page, [], Page + "?handler=Renew")).TextAsync()).ShouldContain("<code>");
        (await browser.ReadAsync(Page)).ShouldNotContain("<code>");
    }

    private async Task<Report12350.Confidentiality.SessionPass> AgainAsync(StaffHands hands)
    {
        app.Time.Advance(TimeSpan.FromSeconds(30));
        return (await app.Send(new SignIn(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret)))).Pass.ShouldNotBeNull();
    }
}

public sealed class SignInsPageOnSqliteTests(SqliteApplication app) : SignInsPageTests(app), IClassFixture<SqliteApplication>;

public sealed class SignInsPageOnPostgresTests(PostgresApplication app) : SignInsPageTests(app), IClassFixture<PostgresApplication>;
