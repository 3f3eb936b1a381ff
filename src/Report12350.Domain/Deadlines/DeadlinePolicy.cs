namespace Report12350.Domain.Deadlines;

/// <summary>When an act is due (期限): legal days are local days, the day of the event is not counted, the last day is in time to its end.</summary>
public sealed record DeadlinePolicy(ClockRules Rules, WorkingCalendar Calendar, TimeSpan UtcOffset)
{
    public DateTimeOffset DueAt(ClockKind kind, DateTimeOffset startedAt, bool urgent = false)
    {
        var day = LegalDay(startedAt);
        return kind switch
        {
            ClockKind.Accept when urgent => startedAt.ToUniversalTime().AddHours(Rules.UrgentAcceptHours),
            ClockKind.Accept => EndOf(day.AddDays(Rules.AcceptDays)),
            ClockKind.Contest => EndOf(Calendar.AddWorkingDays(day, Rules.ContestWorkingDays)),
            ClockKind.Verify => EndOf(day.AddDays(Rules.VerifyDays)),
            ClockKind.Feedback => EndOf(day.AddDays(Rules.FeedbackDays)),
            ClockKind.Objection => EndOf(day.AddDays(Rules.ObjectionDays)),
            ClockKind.CloseOutReview => EndOf(day.AddDays(Rules.CloseOutReviewDays)),
            ClockKind.Reexamine => EndOf(day.AddDays(Rules.ReexaminationDays)),
            ClockKind.Claim => EndOf(day.AddDays(Rules.ClaimDays)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This clock runs to a date set by a person; use EndOf."),
        };
    }

    /// <summary>The instant at which a local day is over: 00:00 of the next one.</summary>
    public DateTimeOffset EndOf(DateOnly lastDay) =>
        new DateTimeOffset(lastDay.AddDays(1), TimeOnly.MinValue, UtcOffset).ToUniversalTime();

    public DateTimeOffset Extend(DateTimeOffset dueAt, int days)
    {
        if (days < 1 || days > Rules.ExtensionMaxDays)
        {
            throw new RuleBrokenException("rule.ExtensionTooLong", Rules.ExtensionMaxDays);
        }

        return dueAt.ToUniversalTime().AddDays(days);
    }

    /// <summary>The due time after a pause: a clock of legal days loses whole days, a clock of hours the exact time.</summary>
    public DateTimeOffset Resume(DateTimeOffset dueAt, DateTimeOffset pausedAt, DateTimeOffset resumedAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resumedAt, pausedAt);
        var countsDays = dueAt.ToOffset(UtcOffset).TimeOfDay == TimeSpan.Zero;
        return countsDays
            ? dueAt.ToUniversalTime().AddDays(LegalDay(resumedAt).DayNumber - LegalDay(pausedAt).DayNumber)
            : dueAt.ToUniversalTime() + (resumedAt - pausedAt);
    }

    public DateOnly LegalDay(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(UtcOffset).DateTime);

    /// <summary>The last day on which the act is still in time.</summary>
    public DateOnly LastDay(DateTimeOffset dueAt) => LegalDay(dueAt.AddTicks(-1));
}
