using FluentValidation;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Tests.Hosting;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Tests.Verification;

public abstract class VerificationTests(ReportApplication app)
{
    [Fact]
    public async Task A_record_is_read_by_the_departments_concerned_as_it_was_written()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ConcludedAsync();

        var view = await (await app.As(Role.Officer, "scjgj")).Send(new ReadCase(filed.Number));
        view.Records.ShouldHaveSingleItem().Content.Findings.ShouldBe("楼梯间有两只气瓶。");
        view.Timeline[0].Text.ShouldBe("查实楼梯间存放气瓶。");
        view.Report.Finding.ShouldBe(Finding.Substantiated);
    }

    [Fact]
    public async Task A_record_needs_who_when_where_and_what()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var version = await hands.Version;
        var officer = await hands.Officer;

        var faults = await Should.ThrowAsync<ValidationException>(officer.Send(filed.Id, o => new RecordVerification(o, version, new VerificationRecordContent())));
        faults.Errors.Select(e => e.PropertyName).Distinct().ShouldBe(["Record.Officers", "Record.VisitedOn", "Record.Place", "Record.Findings"]);
    }

    [Fact]
    public async Task There_is_no_conclusion_without_a_record()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var version = await hands.Version;

        (await Should.ThrowAsync<RuleBrokenException>((await hands.Officer).Send(filed.Id, o => new ConcludeVerification(o, version, Finding.Substantiated, MatterKind.Violation, "x"))))
            .Code.ShouldBe("rule.VerificationRecordMissing");
    }

    [Fact]
    public async Task Another_officer_of_the_department_cannot_conclude_what_the_first_signed_in()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var version = await hands.Version;

        (await Should.ThrowAsync<RuleBrokenException>((await hands.Reviewer).Send(filed.Id, o => new RecordVerification(o, version, hands.Record()))))
            .Code.ShouldBe("rule.NotYourVerification");
    }

    [Fact]
    public async Task Of_two_officers_at_once_one_wins_and_the_other_is_told()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();
        var version = await hands.Version;
        var (first, second) = (await hands.Officer, await hands.Reviewer);

        var outcomes = await Task.WhenAll(new[] { first, second }.Select(async officer =>
        {
            try
            {
                await officer.Send(new Report12350.Routing.SignInReport(filed.Id, version));
                return true;
            }
            catch (StaleException)
            {
                return false;
            }
        }));

        outcomes.Count(won => won).ShouldBe(1);
        (await app.VersionAsync(filed.Id)).ShouldBe(version + 1);
    }

    [Fact]
    public async Task A_stale_save_is_refused_and_changes_nothing()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var version = await hands.Version;
        var officer = await hands.Officer;

        await Should.ThrowAsync<StaleException>(officer.Send(filed.Id, o => new AddNote(o, version - 1, "旧的")));
        (await app.VersionAsync(filed.Id)).ShouldBe(version);
    }

    [Fact]
    public async Task An_extension_is_the_leads_and_comes_once()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var before = (await app.ReportAsync(filed.Id)).NextDueAt!.Value;
        var version = await hands.Version;
        await Should.ThrowAsync<NotPermittedException>((await hands.Officer).Send(filed.Id, o => new ExtendVerification(o, version, 10, "等鉴定")));
        await (await hands.Lead).Send(filed.Id, o => new ExtendVerification(o, version, 10, "等鉴定"));

        (await app.ReportAsync(filed.Id)).NextDueAt.ShouldBe(before.AddDays(10));
        version = await hands.Version;
        (await Should.ThrowAsync<RuleBrokenException>((await hands.Lead).Send(filed.Id, o => new ExtendVerification(o, version, 5, "再等"))))
            .Code.ShouldBe("rule.ExtendedAlready");
    }

    [Fact]
    public async Task A_paused_clock_gets_its_days_back()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var officer = await hands.Officer;
        var version = await hands.Version;
        await officer.Send(filed.Id, o => new PauseClock(o, version, "鉴定"));
        (await app.ReportAsync(filed.Id)).Clocks.ShouldContain(c => c.PausedAt != null);
        await officer.Send(new ResumeClock(filed.Id, await hands.Version));

        (await app.ReportAsync(filed.Id)).Clocks.ShouldAllBe(c => c.PausedAt == null);
    }

    [Fact]
    public async Task Feedback_has_four_parts_and_carries_no_markup_of_others()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ConcludedAsync(Finding.Unsubstantiated);
        var version = await hands.Version;
        var officer = await hands.Officer;
        await Should.ThrowAsync<ValidationException>(officer.Send(filed.Id, o => new GiveFeedback(o, version, "不属实", "", "不处理", "不符合")));
        await officer.Send(filed.Id, o => new GiveFeedback(o, version, "不属实", "<b>没有</b><img src=x onerror=alert(1)>", "不处理", "不符合"));

        var feedback = (await officer.Send(new ReadCase(filed.Number))).Timeline[0].Feedback!;
        feedback.Facts.ShouldBe("<b>没有</b>");
        version = await hands.Version;
        await officer.Send(new CloseReport(filed.Id, version));
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.Closed);
    }

    [Fact]
    public async Task What_is_inconclusive_goes_to_the_county_government_with_its_key()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ConcludedAsync(Finding.Inconclusive);
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new OrganiseReverification(o, version, "请县政府组织"));

        var view = await (await app.As(Role.Officer, "county_gov")).Send(new ReadCase(filed.Number));
        view.Report.LeadDepartment.ShouldBe("county_gov");
        view.May(ReportAction.RecordVerification).ShouldBeTrue();
        (await (await hands.Officer).Send(new ReadCase(filed.Number))).May(ReportAction.RecordVerification).ShouldBeFalse();
    }

    [Fact]
    public async Task Overturned_it_is_verified_by_another_officer_and_the_reexaminer_gives_the_key_back()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ConcludedAsync();
        await hands.FedBackAsync();
        await hands.ObjectedToAsync(filed.Receipt);
        var reexaminer = await app.As(Role.Officer, app.Profile.ReexaminationBody);
        var version = await hands.Version;
        await reexaminer.Send(filed.Id, o => new OverturnConclusion(o, version, "重新核查"));

        await Should.ThrowAsync<NotPermittedException>(reexaminer.Send(filed.Id, o => new AddNote(o, 1, "x")));
        version = await hands.Version;
        (await Should.ThrowAsync<RuleBrokenException>((await hands.Officer).Send(filed.Id, o => new RecordVerification(o, version, hands.Record()))))
            .Code.ShouldBe("rule.AnotherOfficerMustVerify");
        await hands.ConcludeAsync(await hands.Reviewer, Finding.Substantiated);
    }

    [Fact]
    public async Task Upheld_it_returns_to_where_it_stood()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ConcludedAsync();
        await hands.FedBackAsync();
        await hands.ObjectedToAsync(filed.Receipt);
        var version = await hands.Version;
        await (await app.As(Role.Officer, app.Profile.ReexaminationBody)).Send(filed.Id, o => new UpholdConclusion(o, version, "维持"));

        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.Concluded);
    }

    [Fact]
    public async Task The_ladder_of_supervision_only_goes_up()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var dispatcher = await hands.Dispatcher;
        var version = await hands.Version;
        await dispatcher.Send(filed.Id, o => new ListForSupervision(o, version, null));
        var supervisor = await app.As(Role.Supervisor);
        version = await hands.Version;
        await supervisor.Send(filed.Id, o => new TakeSupervisionStep(o, version, SupervisionStep.Interview, "约谈"));
        version = await hands.Version;
        (await Should.ThrowAsync<RuleBrokenException>(supervisor.Send(filed.Id, o => new TakeSupervisionStep(o, version, SupervisionStep.Letter, null))))
            .Code.ShouldBe("rule.LadderOnlyUp");
        await supervisor.Send(filed.Id, o => new DelistReport(o, version, null));
        (await app.ReportAsync(filed.Id)).Supervision.ShouldBeNull();
    }
}

public sealed class VerificationOnSqliteTests(SqliteApplication app) : VerificationTests(app), IClassFixture<SqliteApplication>;

public sealed class VerificationOnPostgresTests(PostgresApplication app) : VerificationTests(app), IClassFixture<PostgresApplication>;
