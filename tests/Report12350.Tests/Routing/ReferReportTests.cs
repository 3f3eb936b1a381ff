using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Routing;
using Report12350.Tests.Hosting;
using Report12350.Tracking;

namespace Report12350.Tests.Routing;

public abstract class ReferReportTests(ReportApplication app)
{
    [Fact]
    public async Task The_rule_is_kept_with_the_referral_and_the_reporter_sees_where_it_went()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();

        var report = await app.ReportAsync(filed.Id);
        report.State.ShouldBe(ReportState.Referred);
        report.LeadDepartment.ShouldBe("zjj");
        report.RoutingRule.ShouldBe("gas");
        report.AssistDepartments.ShouldContain("town_gongping");
    }

    [Fact]
    public async Task Departments_concerned_can_open_it_and_others_cannot()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();

        (await (await app.As(Role.Officer, "zjj")).Send(new ReadCase(filed.Number))).Answers.Unit.ShouldBe("某餐馆");
        (await (await app.As(Role.Officer, "scjgj")).Send(new ReadCase(filed.Number))).Answers.Unit.ShouldBe("某餐馆");
        var stranger = await app.As(Role.Officer, "jyj");
        await Should.ThrowAsync<NotPermittedException>(stranger.Send(new ReadCase(filed.Number)));
        await Should.ThrowAsync<NotPermittedException>(stranger.Send(filed.Id, opened => new AddNote(opened, 1, "x")));
    }

    [Fact]
    public async Task Another_department_needs_a_reason()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.AcceptedAsync();
        var version = await hands.Version;
        var dispatcher = await hands.Dispatcher;

        var refused = await Should.ThrowAsync<Domain.RuleBrokenException>(dispatcher.Send(filed.Id, o => new ReferReport(o, version, "cgzfj", [], null)));
        refused.Code.ShouldBe("rule.ReferralNeedsReason");
        await dispatcher.Send(filed.Id, o => new ReferReport(o, version, "cgzfj", ["zjj"], "城管局有检查计划"));
        (await app.ReportAsync(filed.Id)).RoutingRule.ShouldBe(ReferralAdvice.Officer);
    }

    [Fact]
    public async Task After_a_designation_the_former_department_is_out_and_the_new_one_in()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();
        var officer = await hands.Officer;
        var version = await hands.Version;
        await officer.Send(filed.Id, o => new ContestReferral(o, version, "不是我局职责"));
        version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new DesignateDepartment(o, version, "cgzfj", ["xfjydd"], "由城管局办"));

        await Should.ThrowAsync<NotPermittedException>(officer.Send(filed.Id, o => new AddNote(o, 1, "x")));
        (await (await app.As(Role.Officer, "cgzfj")).Send(new ReadCase(filed.Number))).Report.LeadDepartment.ShouldBe("cgzfj");
        var groups = await app.Read(db => db.ReportKeys.Where(k => k.ReportId == filed.Id).Select(k => k.GroupId).ToListAsync());
        groups.ShouldBe(["role:dispatcher", "role:supervisor", "dept:cgzfj", "dept:xfjydd"], ignoreOrder: true);
    }

    [Fact]
    public async Task Where_people_died_the_advice_is_the_county_government_and_nothing_else_is_taken()
    {
        var (filed, hands) = await app.NewCaseAsync(c => c.Answers.Deaths = 1);
        await hands.AcceptedAsync();
        var version = await hands.Version;
        var dispatcher = await hands.Dispatcher;

        var advice = (await dispatcher.Send(new ReadCase(filed.Number))).Advice;
        advice.BecauseOfDeaths.ShouldBeTrue();
        advice.Lead.ShouldBe("county_gov");
        advice.Assist[0].ShouldBe("zjj");
        (await Should.ThrowAsync<Domain.RuleBrokenException>(dispatcher.Send(filed.Id, o => new ReferReport(o, version, "zjj", [], "就近"))))
            .Code.ShouldBe("rule.CountyGovernmentMustOrganise");
        await dispatcher.Send(filed.Id, o => new ReferReport(o, version, advice.Lead, advice.Assist, null));
    }

    [Fact]
    public async Task A_town_the_county_does_not_run_is_transferred_and_cannot_be_declined()
    {
        var (filed, hands) = await app.NewCaseAsync(c => c.Answers.Town = "xiaomo");
        var dispatcher = await hands.Dispatcher;
        var version = await hands.Version;

        (await Should.ThrowAsync<Domain.RuleBrokenException>(dispatcher.Send(filed.Id, o => new DeclineReport(o, version, DeclineReason.NoTargetOrFacts, "x"))))
            .Code.ShouldBe("rule.OutsideCounty");
        await dispatcher.Send(filed.Id, o => new TransferReport(o, version, "深汕特别合作区", null));
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.Transferred);
    }

    [Fact]
    public async Task Who_accepted_it_may_not_sign_it_in()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();
        var report = await app.ReportAsync(filed.Id);

        ReportWorkflow.Refusal(report, ReportAction.SignIn, Actor.Staff(report.AcceptedBy!.Value, Role.Officer, "zjj")).ShouldBe("rule.AcceptorMayNotVerify");
    }
}

public sealed class ReferReportOnSqliteTests(SqliteApplication app) : ReferReportTests(app), IClassFixture<SqliteApplication>;

public sealed class ReferReportOnPostgresTests(PostgresApplication app) : ReferReportTests(app), IClassFixture<PostgresApplication>;
