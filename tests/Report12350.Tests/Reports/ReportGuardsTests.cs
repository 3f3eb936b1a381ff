using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;

namespace Report12350.Tests.Reports;

/// <summary>What the procedure asks beyond the state: who may not, what must come first, how often.</summary>
public sealed class ReportGuardsTests
{
    private static readonly Actor Somebody = ReportWalk.Reviewer;

    [Fact]
    public void Whoever_accepted_a_report_may_not_sign_in_for_its_verification() =>
        Breaks(ReportWalk.In(ReportState.Referred), "rule.AcceptorMayNotVerify", ReportAction.SignIn, ReportWalk.Dispatcher);

    [Fact]
    public void Whoever_accepted_a_report_may_not_step_in_when_it_is_verified_again()
    {
        var walk = ReportWalk.In(ReportState.UnderReexamination).Do(ReportAction.Overturn);

        Breaks(walk, "rule.AcceptorMayNotVerify", ReportAction.RecordVerification, ReportWalk.Dispatcher);
    }

    [Fact]
    public void Another_officer_may_not_write_the_record_of_a_colleague() =>
        Breaks(ReportWalk.In(ReportState.Verifying), "rule.NotYourVerification", ReportAction.RecordVerification, Somebody);

    [Fact]
    public void A_conclusion_needs_a_written_record() =>
        Breaks(ReportWalk.In(ReportState.Verifying), "rule.VerificationRecordMissing", ReportAction.Conclude);

    [Fact]
    public void A_record_of_the_former_round_does_not_serve_the_next_one()
    {
        var walk = ReportWalk.In(ReportState.Concluded, Finding.Inconclusive).Do(ReportAction.OrganiseReverification);

        walk.Report.VerificationRound.ShouldBe(2);
        Breaks(walk, "rule.VerificationRecordMissing", ReportAction.Conclude);
    }

    [Fact]
    public void The_officer_who_verified_may_not_review_the_close_out()
    {
        Breaks(ReportWalk.In(ReportState.InCloseOutReview), "rule.VerifierMayNotReview", ReportAction.PassCloseOut, ReportWalk.Officer);
        Breaks(ReportWalk.In(ReportState.InCloseOutReview), "rule.VerifierMayNotReview", ReportAction.FailCloseOut, ReportWalk.Officer);
    }

    [Fact]
    public void A_close_out_without_photographs_is_refused()
    {
        var walk = ReportWalk.In(ReportState.InCloseOutReview);

        Breaks(walk, "rule.CloseOutNeedsPhotographs", r => r.PassCloseOut(Somebody, ReportWalk.Text(), photographs: 0, walk.Now, walk.Deadlines));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void An_extension_is_of_one_to_thirty_days(int days)
    {
        var walk = ReportWalk.In(ReportState.Verifying);

        Breaks(walk, "rule.ExtensionTooLong", r => r.Extend(ReportWalk.Lead, days, ReportWalk.Text(), walk.Now, walk.Deadlines));
    }

    [Fact]
    public void Verification_is_extended_once() =>
        Breaks(ReportWalk.In(ReportState.Verifying).Do(ReportAction.Extend), "rule.ExtendedAlready", ReportAction.Extend);

    [Fact]
    public void A_new_verification_may_be_extended_again() =>
        ReportWalk.In(ReportState.Verifying).Do(ReportAction.Extend).Conclude(Finding.Inconclusive)
            .Do(ReportAction.OrganiseReverification, ReportAction.Extend).Report.Extended.ShouldBeTrue();

    [Fact]
    public void The_clock_stops_only_where_the_profile_allows() =>
        Breaks(ReportWalk.In(ReportState.Verifying), "rule.PauseNotProvided", ReportAction.PauseClock);

    [Fact]
    public void A_clock_pauses_once_and_resumes_once()
    {
        var rules = new ClockRules { PausableClocks = new HashSet<ClockKind> { ClockKind.Verify } };
        var walk = ReportWalk.In(ReportState.Verifying, rules: rules);
        Breaks(walk, "rule.ClockNotPaused", ReportAction.ResumeClock);

        Breaks(walk.Do(ReportAction.PauseClock), "rule.ClockPausedAlready", ReportAction.PauseClock);
        Breaks(walk.Do(ReportAction.ResumeClock), "rule.ClockNotPaused", ReportAction.ResumeClock);
    }

    [Fact]
    public void A_department_may_contest_to_the_end_of_the_fifth_working_day()
    {
        var walk = ReportWalk.In(ReportState.Referred);
        var due = walk.Report.ClockOf(ClockKind.Contest)!.DueAt;

        walk.Until(due.AddTicks(-1)).Do(ReportAction.Contest).Report.State.ShouldBe(ReportState.Contested);
        Breaks(ReportWalk.In(ReportState.Referred).Until(due), "rule.ContestTooLate", ReportAction.Contest).Values.ShouldBe([new DateOnly(2026, 3, 9)]);
    }

    [Fact]
    public void A_designated_department_may_still_sign_in_and_another_may_contest() =>
        ReportWalk.In(ReportState.Contested).Do(ReportAction.Designate, ReportAction.Contest, ReportAction.Designate, ReportAction.SignIn)
            .Report.State.ShouldBe(ReportState.Verifying);

    [Fact]
    public void An_objection_is_open_to_the_end_of_the_tenth_day()
    {
        ReportWalk Walk() => ReportWalk.In(ReportState.Concluded).Do(ReportAction.GiveFeedback);
        var due = Walk().Report.ClockOf(ClockKind.Objection)!.DueAt;

        Walk().Until(due.AddTicks(-1)).Do(ReportAction.Object).Report.State.ShouldBe(ReportState.UnderReexamination);
        Breaks(Walk().Until(due), "rule.ObjectionTooLate", ReportAction.Object).Values.ShouldBe([new DateOnly(2026, 3, 12)]);
    }

    [Fact]
    public void An_objection_before_feedback_is_refused() =>
        Breaks(ReportWalk.In(ReportState.Concluded), "rule.NoFeedbackYet", ReportAction.Object);

    [Fact]
    public void One_feedback_bears_one_objection() =>
        Breaks(ReportWalk.In(ReportState.UnderReexamination).Do(ReportAction.Uphold), "rule.ObjectionUsed", ReportAction.Object);

    [Fact]
    public void Feedback_after_close_out_opens_a_new_objection() =>
        ReportWalk.In(ReportState.UnderReexamination).Do(ReportAction.Uphold).Do(ReportAction.OrderRectification)
            .Do(ReportAction.CompleteRectificationItem, ReportAction.SubmitForCloseOut, ReportAction.PassCloseOut, ReportAction.GiveFeedback, ReportAction.Object)
            .Report.ReturnTo.ShouldBe(ReportState.ClosedOut);

    [Theory]
    [InlineData(ReportState.Concluded)]
    [InlineData(ReportState.ClosedOut)]
    [InlineData(ReportState.Closed)]
    public void Upholding_returns_to_where_the_objection_came_from(ReportState from)
    {
        var walk = ReportWalk.In(from).Do(from is ReportState.Closed ? [] : [ReportAction.GiveFeedback]).Do(ReportAction.Object);
        walk.Report.State.ShouldBe(ReportState.UnderReexamination);

        walk.Do(ReportAction.Uphold);

        (walk.Report.State, walk.Report.ReturnTo).ShouldBe((from, null));
    }

    [Fact]
    public void Overturning_excludes_the_former_officer_and_starts_afresh()
    {
        var walk = ReportWalk.In(ReportState.UnderReexamination).Do(ReportAction.Overturn);

        walk.Report.ExcludedOfficers.ShouldBe([ReportWalk.Officer.StaffId!.Value]);
        walk.Report.ShouldSatisfyAllConditions(
            r => r.State.ShouldBe(ReportState.Verifying),
            r => r.VerificationRound.ShouldBe(2),
            r => r.Finding.ShouldBeNull(),
            r => r.FeedbackAt.ShouldBeNull(),
            r => r.Officer.ShouldBeNull());
        Breaks(walk, "rule.AnotherOfficerMustVerify", ReportAction.RecordVerification, ReportWalk.Officer);
        walk.Verifier = ReportWalk.SecondOfficer;
        walk.Conclude(Finding.Unsubstantiated).Report.VerifiedBy.ShouldBe(ReportWalk.SecondOfficer.StaffId);
    }

    [Fact]
    public void A_report_is_withdrawn_once_and_before_feedback()
    {
        Breaks(ReportWalk.In(ReportState.Accepted).Do(ReportAction.Withdraw), "rule.WithdrawnAlready", ReportAction.Withdraw);
        Breaks(ReportWalk.In(ReportState.Concluded).Do(ReportAction.GiveFeedback), "rule.TooLateToWithdraw", ReportAction.Withdraw);
    }

    [Fact]
    public void After_a_withdrawal_verification_goes_on_without_replies()
    {
        var walk = ReportWalk.In(ReportState.Verifying).Do(ReportAction.Withdraw).Conclude(Finding.Unsubstantiated);

        walk.Report.ClockOf(ClockKind.Feedback).ShouldBeNull();
        Breaks(walk, "rule.ReporterWithdrew", ReportAction.GiveFeedback);
        Breaks(walk, "rule.ReporterWithdrew", ReportAction.ReplyToReporter);
        Breaks(walk, "rule.NoFeedbackYet", ReportAction.Object);
        walk.Do(ReportAction.Close).Report.State.ShouldBe(ReportState.Closed);
    }

    [Fact]
    public void A_report_is_closed_after_feedback() =>
        Breaks(ReportWalk.In(ReportState.Concluded, Finding.Unsubstantiated), "rule.FeedbackFirst", ReportAction.Close);

    [Theory]
    [InlineData(Finding.Substantiated)]
    [InlineData(Finding.PartlySubstantiated)]
    public void What_is_substantiated_in_any_part_is_put_right_before_it_is_closed(Finding finding)
    {
        Breaks(ReportWalk.In(ReportState.Concluded, finding).Do(ReportAction.GiveFeedback), "rule.RectificationFirst", ReportAction.Close);
        ReportWalk.In(ReportState.Concluded, finding).Do(ReportAction.OrderRectification).Report.State.ShouldBe(ReportState.Rectifying);
    }

    [Theory]
    [InlineData(Finding.Unsubstantiated)]
    [InlineData(Finding.Inconclusive)]
    public void Where_nothing_was_found_nothing_is_put_right(Finding finding) =>
        Breaks(ReportWalk.In(ReportState.Concluded, finding), "rule.NothingToRectify", ReportAction.OrderRectification);

    [Fact]
    public void What_could_not_be_cleared_up_goes_to_the_county_government()
    {
        var walk = ReportWalk.In(ReportState.Concluded, Finding.Inconclusive);
        Breaks(walk, "rule.ReverificationFirst", ReportAction.Close);
        Breaks(ReportWalk.In(ReportState.Concluded), "rule.OnlyInconclusive", ReportAction.OrganiseReverification);

        walk.Do(ReportAction.OrganiseReverification);

        walk.Report.LeadDepartment.ShouldBe(ReportWalk.CountyGovernment);
        walk.Report.AssistDepartments.ShouldBe([ReportWalk.Assisting, ReportWalk.Department]);
    }

    [Fact]
    public void A_report_from_outside_the_county_is_passed_on_and_neither_accepted_nor_declined()
    {
        ReportWalk Walk() => ReportWalk.Filed(f => f with { OutsideCounty = true });

        Breaks(Walk(), "rule.OutsideCounty", ReportAction.Accept);
        Breaks(Walk(), "rule.OutsideCounty", ReportAction.Decline);
        Walk().Do(ReportAction.Transfer).Report.State.ShouldBe(ReportState.Transferred);
    }

    [Fact]
    public void Deaths_and_concealed_accidents_are_referred_to_the_county_government_alone()
    {
        foreach (var change in new Func<Filing, Filing>[] { f => f with { InvolvesDeaths = true }, f => f with { Kind = MatterKind.ConcealedAccident } })
        {
            var walk = ReportWalk.Filed(change).Do(ReportAction.Accept);
            Breaks(walk, "rule.CountyGovernmentMustOrganise", ReportAction.Refer);

            walk.Report.Refer(ReportWalk.Dispatcher, ReportWalk.To(ReportWalk.CountyGovernment), reason: null, walk.Now, walk.Deadlines);
            walk.Report.LeadDepartment.ShouldBe(ReportWalk.CountyGovernment);
        }
    }

    [Fact]
    public void Supervision_is_listed_once_and_climbs_only_upwards()
    {
        var walk = ReportWalk.In(ReportState.Rectifying);
        Breaks(walk, "rule.NotListed", ReportAction.TakeSupervisionStep);
        Breaks(walk, "rule.NotListed", ReportAction.Delist);
        Breaks(walk.Do(ReportAction.ListForSupervision), "rule.ListedAlready", ReportAction.ListForSupervision);

        Step(walk, SupervisionStep.Interview);
        Breaks(walk, "rule.LadderOnlyUp", _ => Step(walk, SupervisionStep.Interview));
        Breaks(walk, "rule.LadderOnlyUp", _ => Step(walk, SupervisionStep.Letter));
        Step(walk, SupervisionStep.Exposure);
        Breaks(walk, "rule.LadderAtTop", ReportAction.TakeSupervisionStep);
        walk.Do(ReportAction.Delist).Report.Supervision.ShouldBeNull();
    }

    private static void Step(ReportWalk walk, SupervisionStep step) =>
        walk.Report.TakeSupervisionStep(ReportWalk.Supervisor, step, ReportWalk.Text(), walk.Now);

    private static Domain.RuleBrokenException Breaks(ReportWalk walk, string code, ReportAction act, Actor? by = null) =>
        Breaks(walk, code, _ => walk.Do(act, by));

    private static Domain.RuleBrokenException Breaks(ReportWalk walk, string code, Action<Report> act)
    {
        var before = ReportWorkflowTests.Snapshot(walk.Report);
        var refusal = new Action(() => act(walk.Report)).ShouldBreak(code);
        ReportWorkflowTests.Snapshot(walk.Report).ShouldBe(before);
        return refusal;
    }
}
