using System.Globalization;
using CsCheck;
using Report12350.Domain;
using Report12350.Domain.Deadlines;
using Report12350.Tests.Profiles;

namespace Report12350.Tests.Deadlines;

public class DeadlinePolicyTests
{
    private static readonly DeadlinePolicy Policy = HaifengProfile.Loaded.DeadlinesOn(new DateOnly(2026, 3, 1));

    [Theory]
    [InlineData(ClockKind.Accept, "2026-03-16", "15 days, profile")]
    [InlineData(ClockKind.Verify, "2026-04-30", "60 days")]
    [InlineData(ClockKind.Feedback, "2026-03-11", "10 days after the conclusion")]
    [InlineData(ClockKind.Objection, "2026-03-11", "10 days after feedback")]
    [InlineData(ClockKind.Reexamine, "2026-03-31", "30 days")]
    [InlineData(ClockKind.CloseOutReview, "2026-03-11", "10 days, profile")]
    [InlineData(ClockKind.Claim, "2026-04-30", "60 days after the notice, 19号")]
    public void A_clock_of_days_runs_to_the_end_of_its_last_local_day(ClockKind kind, string last, string because)
    {
        var due = Policy.DueAt(kind, At("2026-03-01T09:30:00+08:00"));

        Policy.LastDay(due).ShouldBe(Day(last), because);
        due.ToOffset(Policy.UtcOffset).TimeOfDay.ShouldBe(TimeSpan.Zero);
        due.Offset.ShouldBe(TimeSpan.Zero, "instants are UTC");
    }

    [Theory]
    [InlineData("2026-03-01T15:59:59Z", "2026-03-16", "still 1 March here")]
    [InlineData("2026-03-01T16:00:00Z", "2026-03-17", "already 2 March here")]
    public void The_day_of_the_event_is_the_local_one(string started, string last, string because) =>
        Policy.LastDay(Policy.DueAt(ClockKind.Accept, At(started))).ShouldBe(Day(last), because);

    [Fact]
    public void An_urgent_report_is_to_be_accepted_within_24_hours_to_the_minute() =>
        Policy.DueAt(ClockKind.Accept, At("2026-03-01T09:30:00+08:00"), urgent: true).ShouldBe(At("2026-03-02T09:30:00+08:00"));

    [Fact]
    public void Contesting_across_National_Day_counts_the_make_up_Saturday()
    {
        var due = Policy.DueAt(ClockKind.Contest, At("2026-09-30T17:00:00+08:00"));

        Policy.LastDay(due).ShouldBe(Day("2026-10-13"), "8, 9, 10 (made up), 12 and 13 October");
    }

    [Fact]
    public void Rectification_has_no_length_of_its_own()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Policy.DueAt(ClockKind.Rectify, At("2026-03-01T09:30:00+08:00")));
        Policy.EndOf(Day("2026-03-20")).ShouldBe(At("2026-03-21T00:00:00+08:00"));
    }

    [Fact]
    public void An_extension_adds_calendar_days()
    {
        var due = Policy.DueAt(ClockKind.Verify, At("2026-03-01T09:30:00+08:00"));

        Policy.LastDay(Policy.Extend(due, 30)).ShouldBe(Day("2026-05-30"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void An_extension_beyond_thirty_days_or_of_none_is_refused(int days) =>
        Should.Throw<RuleBrokenException>(() => Policy.Extend(At("2026-04-30T16:00:00Z"), days)).Code.ShouldBe("rule.ExtensionTooLong");

    [Fact]
    public void A_pause_gives_back_the_legal_days_it_took()
    {
        var due = Policy.DueAt(ClockKind.Verify, At("2026-03-01T09:30:00+08:00"));

        var resumed = Policy.Resume(due, At("2026-03-10T18:00:00+08:00"), At("2026-03-15T08:00:00+08:00"));

        Policy.LastDay(resumed).ShouldBe(Day("2026-05-05"));
    }

    [Fact]
    public void A_pause_gives_a_clock_of_hours_back_the_exact_time()
    {
        var due = Policy.DueAt(ClockKind.Accept, At("2026-03-01T09:30:00+08:00"), urgent: true);

        Policy.Resume(due, At("2026-03-01T10:00:00+08:00"), At("2026-03-01T12:15:00+08:00")).ShouldBe(due.AddMinutes(135));
    }

    [Fact]
    public void No_clock_ever_ends_inside_a_local_day_and_none_is_shortened_by_a_late_hour() =>
        Gen.Select(Gen.Int[0, 60 * 24 * 900], Gen.Int[0, 59]).Sample((minutes, later) =>
        {
            var started = At("2024-06-01T00:00:00+08:00").AddMinutes(minutes);
            foreach (var kind in Enum.GetValues<ClockKind>().Where(kind => kind != ClockKind.Rectify))
            {
                var due = Policy.DueAt(kind, started);
                due.ToOffset(Policy.UtcOffset).TimeOfDay.ShouldBe(TimeSpan.Zero);
                Policy.DueAt(kind, started.AddMinutes(later)).ShouldBeGreaterThanOrEqualTo(due);
            }
        });

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
