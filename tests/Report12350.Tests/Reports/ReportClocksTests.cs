using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;

namespace Report12350.Tests.Reports;

/// <summary>Which deadline is next after each step; days are counted from Monday, 2 March 2026.</summary>
public sealed class ReportClocksTests
{
    [Theory]
    [InlineData(ReportState.Received, ClockKind.Accept, "2026-03-17")]
    [InlineData(ReportState.Declined, null, null)]
    [InlineData(ReportState.Transferred, null, null)]
    [InlineData(ReportState.Accepted, ClockKind.Verify, "2026-05-01")]
    [InlineData(ReportState.Referred, ClockKind.Verify, "2026-05-01")]
    [InlineData(ReportState.Contested, ClockKind.Verify, "2026-05-01")]
    [InlineData(ReportState.Verifying, ClockKind.Verify, "2026-05-01")]
    [InlineData(ReportState.Concluded, ClockKind.Feedback, "2026-03-12")]
    [InlineData(ReportState.Rectifying, ClockKind.Feedback, "2026-03-12")]
    [InlineData(ReportState.InCloseOutReview, ClockKind.Feedback, "2026-03-12")]
    [InlineData(ReportState.ClosedOut, ClockKind.Feedback, "2026-03-12")]
    [InlineData(ReportState.Closed, null, null)]
    [InlineData(ReportState.UnderReexamination, ClockKind.Reexamine, "2026-04-01")]
    [InlineData(ReportState.Merged, null, null)]
    public void Each_state_has_its_next_deadline(ReportState state, ClockKind? clock, string? lastDay)
    {
        var walk = ReportWalk.In(state);

        walk.Report.NextClock.ShouldBe(clock);
        LastDay(walk).ShouldBe(lastDay);
    }

    [Fact]
    public void An_urgent_report_is_accepted_within_twenty_four_hours() =>
        ReportWalk.Filed(f => f with { Urgent = true }).Report.NextDueAt.ShouldBe(ReportWalk.Start.AddHours(24));

    [Theory]
    [InlineData(ReportState.Rectifying, ClockKind.Rectify, "2026-03-22")]
    [InlineData(ReportState.InCloseOutReview, ClockKind.CloseOutReview, "2026-03-12")]
    public void Once_feedback_is_given_the_rectification_is_next(ReportState state, ClockKind clock, string lastDay)
    {
        var walk = ReportWalk.In(state).Do(ReportAction.GiveFeedback);

        walk.Report.NextClock.ShouldBe(clock);
        LastDay(walk).ShouldBe(lastDay);
    }

    [Fact]
    public void The_days_for_an_objection_are_the_reporters_and_no_work_of_the_staff()
    {
        var walk = ReportWalk.In(ReportState.Closed);

        walk.Report.ClockOf(ClockKind.Objection)!.Runs.ShouldBeTrue();
        walk.Report.NextClock.ShouldBeNull();
    }

    [Fact]
    public void An_expired_contest_window_makes_nobody_late()
    {
        var walk = ReportWalk.In(ReportState.Referred);
        var window = walk.Report.ClockOf(ClockKind.Contest)!;
        walk.Until(window.DueAt.AddDays(1));

        window.Runs.ShouldBeTrue();
        walk.Report.NextDueAt.ShouldNotBeNull().ShouldBeGreaterThan(walk.Now);
    }

    [Fact]
    public void Feedback_that_is_overdue_stays_overdue_at_the_close_out()
    {
        var walk = ReportWalk.In(ReportState.InCloseOutReview);
        var due = walk.Report.ClockOf(ClockKind.Feedback)!.DueAt;

        walk.Wait(30).Do(ReportAction.PassCloseOut);

        walk.Report.ClockOf(ClockKind.Feedback)!.DueAt.ShouldBe(due);
    }

    [Fact]
    public void A_close_out_after_feedback_asks_for_feedback_again()
    {
        var walk = ReportWalk.In(ReportState.InCloseOutReview).Do(ReportAction.GiveFeedback).Wait(5).Do(ReportAction.PassCloseOut);

        walk.Report.NextClock.ShouldBe(ClockKind.Feedback);
        LastDay(walk).ShouldBe("2026-03-17");
    }

    [Fact]
    public void An_extension_moves_the_deadline_by_its_days()
    {
        var walk = ReportWalk.In(ReportState.Verifying).Do(ReportAction.Extend);

        LastDay(walk).ShouldBe("2026-05-11");
        walk.Report.Timeline[^1].ShouldSatisfyAllConditions(e => e.Fact.ShouldBe("2026-05-11"), e => e.ForReporter.ShouldBeTrue());
    }

    [Fact]
    public void A_pause_takes_the_deadline_off_the_list_and_gives_the_days_back()
    {
        var rules = new ClockRules { PausableClocks = new HashSet<ClockKind> { ClockKind.Verify } };
        var walk = ReportWalk.In(ReportState.Verifying, rules: rules).Do(ReportAction.PauseClock);
        walk.Report.NextClock.ShouldBeNull();

        walk.Wait(12).Do(ReportAction.ResumeClock);

        walk.Report.NextClock.ShouldBe(ClockKind.Verify);
        LastDay(walk).ShouldBe("2026-05-13");
    }

    [Fact]
    public void Verifying_again_starts_sixty_days_anew()
    {
        var walk = ReportWalk.In(ReportState.UnderReexamination).Wait(10).Do(ReportAction.Overturn);

        walk.Report.NextClock.ShouldBe(ClockKind.Verify);
        LastDay(walk).ShouldBe("2026-05-11");
        walk.Report.ClockOf(ClockKind.Reexamine).ShouldBeNull();
    }

    [Fact]
    public void A_withdrawal_stops_the_feedback_clock() =>
        ReportWalk.In(ReportState.Concluded).Do(ReportAction.Withdraw).Report.NextClock.ShouldBeNull();

    [Fact]
    public void The_time_of_filing_is_kept_to_the_second_and_never_moves()
    {
        var walk = ReportWalk.In(ReportState.Closed);

        walk.Report.FiledAt.ShouldBe(ReportWalk.Start);
        walk.Report.FiledOn.ShouldBe(new DateOnly(2026, 3, 2));
    }

    private static string? LastDay(ReportWalk walk) =>
        walk.Report.NextDueAt is { } due ? walk.Deadlines.LastDay(due).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null;
}
