using System.Net;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tracking;

namespace Report12350.Tests.Staff;

public abstract class PeopleTests(ReportApplication app)
{
    private const string People = "/staff/people";

    [Fact]
    public async Task Who_is_admitted_opens_the_groups_reports_and_who_is_not_cannot()
    {
        var filed = await app.FileAsync();
        var member = await app.As(Role.Dispatcher);
        var newcomer = await JoinedAsync("newcomer", Role.Dispatcher);
        await Should.ThrowAsync<NotPermittedException>(() => newcomer.Send(new ReadCase(filed.Number)));

        var browser = app.BrowserOf(member);
        (await browser.ReadAsync(People)).ShouldContain("newcomer");
        var answer = await browser.SendFormAsync(People, [("staff", newcomer.Id.ToString()), ("group", "role:dispatcher")], People + "?handler=Admit");

        answer.Headers.Location!.ToString().ShouldBe(People);
        (await newcomer.Send(new ReadCase(filed.Number))).Report.Number.ShouldBe(filed.Number);
    }

    [Fact]
    public async Task Who_is_no_member_cannot_admit_without_the_recovery_key()
    {
        var auditor = await app.As(Role.Auditor);
        var newcomer = await JoinedAsync("outsider", Role.Supervisor);

        (await Should.ThrowAsync<RuleBrokenException>(() => auditor.Send(new AdmitMember(newcomer.Id, "role:supervisor", null)))).Code.ShouldBe("rule.AdmitNeedsMember");
        (await Should.ThrowAsync<RuleBrokenException>(() => auditor.Send(new AdmitMember(newcomer.Id, "role:cashier", null)))).Code.ShouldBe("rule.GroupNotForRole");
    }

    [Fact]
    public async Task The_administrator_admits_the_first_member_with_the_recovery_key()
    {
        var newcomer = await JoinedAsync("first.cashier", Role.Cashier);
        var browser = app.BrowserOf(await Recruiting.AdministratorAsync(app));
        var page = $"{People}/admit?staff={newcomer.Id}&group=role:cashier";

        (await (await browser.SendFormAsync(page, [("RecoveryKey", "WRONG-" + app.Notes.RecoveryKey)])).TextAsync()).ShouldContain("恢复密钥不对");
        (await browser.SendFormAsync(page, [("RecoveryKey", app.Notes.RecoveryKey.ToLowerInvariant())])).Headers.Location!.ToString().ShouldBe(People);

        (await app.Read(db => db.GroupMembers.AnyAsync(m => m.StaffId == newcomer.Id && m.GroupId == "role:cashier"))).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_and_opens_nothing()
    {
        var filed = await app.FileAsync();
        var leaving = await app.As(Role.Dispatcher, person: "leaving");
        await leaving.Send(new ReadCase(filed.Number));
        var administrator = app.BrowserOf(await Recruiting.AdministratorAsync(app));
        var page = $"{People}/deactivate?staff={leaving.Id}";
        (await administrator.ReadAsync(page)).ShouldContain("所有登录都会结束");

        (await administrator.SendFormAsync(page, [])).Headers.Location!.ToString().ShouldBe(People);

        (await app.BrowserOf(leaving).GetAsync(People, TestContext.Current.CancellationToken)).Headers.Location!.ToString().ShouldBe("/staff/sign-in");
        (await app.Send(new SignIn(leaving.Name, leaving.Password, app.CodeNow(leaving.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.Refused);
        (await app.Read(db => db.GroupMembers.AnyAsync(m => m.StaffId == leaving.Id))).ShouldBeFalse();
        (await app.Read(db => db.StaffSessions.AnyAsync(s => s.StaffId == leaving.Id))).ShouldBeFalse();
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var administrator = await Recruiting.AdministratorAsync(app);

        var page = await (await app.BrowserOf(administrator).SendFormAsync($"{People}/deactivate?staff={administrator.Id}", [])).TextAsync();

        page.ShouldContain("这是最后一个管理员");
        (await app.Read(db => db.Staff.AnyAsync(m => m.Id == administrator.Id && m.Active))).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/staff/people/invite")]
    [InlineData("/staff/people/admit")]
    [InlineData("/staff/people/deactivate")]
    [InlineData("/staff/audit")]
    public async Task Pages_of_other_roles_are_closed(string page)
    {
        var browser = app.BrowserOf(await app.As(Role.Dispatcher));

        (await browser.GetAsync(page, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Commands_of_the_administrator_are_closed_to_others_and_the_attempt_is_kept()
    {
        var auditor = await app.As(Role.Auditor);

        await Should.ThrowAsync<NotPermittedException>(() => auditor.Send(new InviteStaff("intruder", "某人", "zjj", [Role.Officer])));
        await Should.ThrowAsync<NotPermittedException>(() => auditor.Send(new DeactivateStaff(auditor.Id)));

        (await app.Read(db => db.Audit.AnyAsync(a => a.StaffId == auditor.Id && a.Act == nameof(DeactivateStaff) && a.Refused))).ShouldBeTrue();
    }

    [Fact]
    public async Task An_invitation_filled_in_badly_says_what_is_missing()
    {
        var browser = app.BrowserOf(await Recruiting.AdministratorAsync(app));

        var page = await (await browser.SendFormAsync(People + "/invite", [("SignInName", "1"), ("DisplayName", "留着的名字")])).TextAsync();

        page.ShouldContain("登录名以字母开头");
        page.ShouldContain("请选择部门");
        page.ShouldContain("请至少选择一个角色");
        page.ShouldContain("value=\"留着的名字\"");
    }

    /// <summary>Joined, not admitted to anything.</summary>
    private async Task<StaffHands> JoinedAsync(string name, Role role)
    {
        var administrator = await Recruiting.AdministratorAsync(app);
        return await Recruiting.JoinWithAsync(app, await administrator.Send(new InviteStaff(name, name, "awb", [role])));
    }
}

public sealed class PeopleOnSqliteTests(SqliteApplication app) : PeopleTests(app), IClassFixture<SqliteApplication>;

public sealed class PeopleOnPostgresTests(PostgresApplication app) : PeopleTests(app), IClassFixture<PostgresApplication>;
