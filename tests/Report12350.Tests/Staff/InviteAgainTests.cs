using Microsoft.EntityFrameworkCore;
using Report12350.Conflicts;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Routing;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tracking;

namespace Report12350.Tests.Staff;

/// <summary>A lost password opens nothing and is reset by nobody: the same person joins again with another key, and is admitted again.</summary>
public abstract class InviteAgainTests(ReportApplication app)
{
    [Fact]
    public async Task Without_the_recovery_key_another_member_admits_who_lost_the_password()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var (member, forgetful) = (await app.As(Role.Officer, CaseHands.Gas, "member"), await app.As(Role.Officer, CaseHands.Gas, "forgetful"));
        await forgetful.Send(new ReadCase(filed.Number));

        var again = await AgainAsync(forgetful);

        again.Id.ShouldBe(forgetful.Id);
        await Should.ThrowAsync<NotPermittedException>(() => again.Send(new ReadCase(filed.Number)));
        await member.Send(new AdmitMember(again.Id, Groups.OfDepartment(CaseHands.Gas), RecoveryKey: null));
        (await again.Send(new ReadCase(filed.Number))).Report.Number.ShouldBe(filed.Number);
    }

    [Fact]
    public async Task With_the_recovery_key_the_only_member_who_lost_the_password_opens_what_came_before()
    {
        const string department = "jtysj";
        var only = await app.As(Role.Officer, department);
        var (filed, hands) = await app.NewCaseAsync();
        await hands.AcceptedAsync();
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new ReferReport(o, version, department, [], "归它管。"));

        var again = await AgainAsync(only);
        var administrator = await Recruiting.AdministratorAsync(app);
        (await Should.ThrowAsync<RuleBrokenException>(() => administrator.Send(new AdmitMember(again.Id, Groups.OfDepartment(department), null)))).Code.ShouldBe("rule.AdmitNeedsMember");
        (await Should.ThrowAsync<RuleBrokenException>(() => administrator.Send(new AdmitMember(again.Id, Groups.OfDepartment(department), RecoveryCode.Encode(KeyPair.Generate()))))).Code.ShouldBe("rule.RecoveryKeyWrong");
        await administrator.Send(new AdmitMember(again.Id, Groups.OfDepartment(department), app.Notes.RecoveryKey));

        (await again.Send(new ReadCase(filed.Number))).Report.Number.ShouldBe(filed.Number);
    }

    [Fact]
    public async Task Who_is_kept_out_of_a_matter_does_not_come_in_as_somebody_new()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var (member, kin) = (await app.As(Role.Officer, CaseHands.Gas, "member"), await app.As(Role.Officer, CaseHands.Gas, "kin"));
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new BlockOfficer(o, version, kin.Id, "亲属。"));

        var again = await AgainAsync(kin);
        await member.Send(new AdmitMember(again.Id, Groups.OfDepartment(CaseHands.Gas), RecoveryKey: null));

        await Should.ThrowAsync<NotPermittedException>(() => again.Send(new ReadCase(filed.Number)));
    }

    [Fact]
    public async Task On_the_page_the_administrator_gets_a_code_and_all_that_the_person_had_ends()
    {
        var person = await app.As(Role.Officer, CaseHands.Gas, "page");
        using var administrator = app.BrowserOf(await Recruiting.AdministratorAsync(app));
        (await administrator.ReadAsync("/staff/people")).ShouldContain($"/staff/people/invite-again?staff={person.Id}");
        var page = $"/staff/people/invite-again?staff={person.Id}";
        (await administrator.ReadAsync(page)).ShouldContain("回避和审计记录都不变");

        (await (await administrator.SendFormAsync(page, [])).TextAsync()).ShouldContain("邀请码已生成");

        (await app.Send(new SignIn(person.Name, person.Password, app.CodeNow(person.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.Refused);
        (await app.Read(async db => await db.GroupMembers.AnyAsync(m => m.StaffId == person.Id) || await db.StaffSessions.AnyAsync(s => s.StaffId == person.Id)
            || await db.StaffRecoveryCodes.AnyAsync(c => c.StaffId == person.Id))).ShouldBeFalse();
        using var other = app.BrowserOf(await app.As(Role.Auditor));
        (await other.GetAsync(page, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        var last = await Recruiting.AdministratorAsync(app);
        (await Should.ThrowAsync<RuleBrokenException>(() => last.Send(new InviteAgain(last.Id)))).Code.ShouldBe("rule.LastAdministrator");
    }

    /// <summary>Invited again, and joined with another password; not admitted to anything yet.</summary>
    private async Task<StaffHands> AgainAsync(StaffHands who) =>
        await Recruiting.JoinWithAsync(app, await (await Recruiting.AdministratorAsync(app)).Send(new InviteAgain(who.Id)));
}

public sealed class InviteAgainOnSqliteTests(SqliteApplication app) : InviteAgainTests(app), IClassFixture<SqliteApplication>;

public sealed class InviteAgainOnPostgresTests(PostgresApplication app) : InviteAgainTests(app), IClassFixture<PostgresApplication>;
