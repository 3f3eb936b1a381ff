using System.Net;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tracking;
using Report12350.Verification;
using Report12350.Worklist;

namespace Report12350.Tests.Confidentiality;

/// <summary>Who cannot open a report, whatever they try: the access table refuses, and without keys there is nothing to show.</summary>
public abstract class EntitlementTests(ReportApplication app)
{
    private const string Word = "煤气瓶";

    public static TheoryData<Role, string> Strangers() => new()
    {
        { Role.Officer, "jyj" },
        { Role.DepartmentLead, "jyj" },
        { Role.Officer, "sw_yjj" },
        { Role.Operator, "awb" },
        { Role.RewardOfficer, "awb" },
        { Role.CommitteeMember, "awb" },
        { Role.Cashier, "awb" },
        { Role.Custodian, "awb" },
        { Role.Auditor, "awb" },
        { Role.Administrator, "awb" },
    };

    [Theory, MemberData(nameof(Strangers))]
    public async Task Who_does_not_work_on_a_report_can_neither_read_it_nor_open_its_key(Role role, string department)
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var stranger = await app.As(role, department);

        await Should.ThrowAsync<NotPermittedException>(() => stranger.Send(new ReadCase(filed.Number)));
        await Should.ThrowAsync<NotPermittedException>(() => stranger.Send(filed.Id, opened => new AddNote(opened, 0, "x")));
        await ShouldBeRefusedAsync(stranger, filed);
    }

    [Fact]
    public async Task A_supervisor_opens_a_report_once_it_is_listed_and_not_before()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var supervisor = await app.As(Role.Supervisor);
        await Should.ThrowAsync<NotPermittedException>(() => supervisor.Send(new ReadCase(filed.Number)));
        var version = await hands.Version;
        await Should.ThrowAsync<NotPermittedException>(() => supervisor.Send(filed.Id, opened => new AddNote(opened, version, "x")));
        await ShouldBeRefusedAsync(supervisor, filed);

        await (await hands.Dispatcher).Send(filed.Id, opened => new ListForSupervision(opened, version, null));

        (await supervisor.Send(new ReadCase(filed.Number))).Answers.Narrative!.ShouldContain(Word);
    }

    [Fact]
    public async Task A_report_overdue_before_it_is_referred_opens_for_the_supervisor_in_whose_list_it_stands()
    {
        var (filed, _) = await app.NewCaseAsync();
        var (urgent, _) = await app.NewCaseAsync(c => c.Answers.Urgent = true);
        var supervisor = await app.As(Role.Supervisor);
        await Should.ThrowAsync<NotPermittedException>(() => supervisor.Send(new ReadCase(urgent.Number)));

        app.Time.Advance(TimeSpan.FromHours(25));

        (await supervisor.Send(new ReadWorklist { Shelf = Shelf.Overdue, Number = urgent.Number })).Rows.ShouldHaveSingleItem();
        (await supervisor.Send(new ReadCase(urgent.Number))).Answers.Narrative!.ShouldContain(Word);
        await Should.ThrowAsync<NotPermittedException>(() => supervisor.Send(new ReadCase(filed.Number)));
    }

    [Fact]
    public async Task What_was_declined_is_taken_from_the_supervisors_again()
    {
        var (filed, hands) = await app.NewCaseAsync();
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, opened => new DeclineReport(opened, version, Domain.Reports.DeclineReason.BelongsToPetition, "请向信访局反映。"));

        (await app.Read(db => db.ReportKeys.Where(k => k.ReportId == filed.Id).Select(k => k.GroupId).ToListAsync())).ShouldBe(["role:dispatcher"]);
    }

    [Fact]
    public async Task Before_it_is_referred_no_department_can_open_it()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.AcceptedAsync();

        await Should.ThrowAsync<NotPermittedException>(async () => await (await hands.Officer).Send(new ReadCase(filed.Number)));
        await Should.ThrowAsync<NotPermittedException>(async () => await (await hands.Officer).Send(filed.Id, opened => new AddNote(opened, 0, "x")));
    }

    [Fact]
    public async Task Who_joined_a_department_and_was_not_admitted_to_its_keys_opens_nothing()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var administrator = await Recruiting.AdministratorAsync(app);
        var newcomer = await Recruiting.JoinWithAsync(app, await administrator.Send(new InviteStaff($"new{filed.Number}", "新人", CaseHands.Gas, [Role.Officer])));

        await Should.ThrowAsync<NotPermittedException>(() => newcomer.Send(new ReadCase(filed.Number)));
        await ShouldBeRefusedAsync(newcomer, filed);
    }

    [Fact]
    public async Task A_file_is_no_way_round_the_report()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var version = await hands.Version;
        await (await hands.Officer).Send(filed.Id, opened => new AddStaffEvidence(opened, version, Domain.Evidence.EvidencePurpose.Verification, [CaseHands.Photo()]));
        var file = (await (await hands.Officer).Send(new ReadCase(filed.Number))).Files[0].Id;

        foreach (var stranger in new[] { await app.As(Role.Officer, "jyj"), await app.As(Role.Supervisor), await app.As(Role.Administrator) })
            await Should.ThrowAsync<NotPermittedException>(() => stranger.Send(new ReadEvidence(file)));
    }

    /// <summary>The page says no, and nothing of what was reported.</summary>
    private async Task ShouldBeRefusedAsync(StaffHands stranger, Filed filed)
    {
        using var browser = app.BrowserOf(stranger);
        var answer = await browser.GetAsync($"/staff/reports/{filed.Number}", TestContext.Current.CancellationToken);
        var page = await answer.TextAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.ShouldContain("您不能打开这一页");
        page.ShouldNotContain(Word);
    }
}

public sealed class EntitlementOnSqliteTests(SqliteApplication app) : EntitlementTests(app), IClassFixture<SqliteApplication>;

public sealed class EntitlementOnPostgresTests(PostgresApplication app) : EntitlementTests(app), IClassFixture<PostgresApplication>;
