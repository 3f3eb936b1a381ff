using Report12350.Domain.Deadlines;

namespace Report12350.Worklist;

/// <summary>A deadline as days that are left (剩余天数): 0 on the last day, negative once it is over.</summary>
internal static class RemainingDays
{
    public static int? DaysLeft(this DeadlinePolicy deadlines, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (dueAt is not { } due)
            return null;
        var days = deadlines.LastDay(due).DayNumber - deadlines.LegalDay(now).DayNumber;
        return now >= due ? Math.Min(days, -1) : days;
    }
}
