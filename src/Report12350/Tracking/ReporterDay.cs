using Report12350.Domain.Deadlines;

namespace Report12350.Tracking;

/// <summary>What a reporter does after filing is dated by day only (只记到日): the beginning of the county's day.</summary>
internal static class ReporterDay
{
    public static DateTimeOffset DayOf(this DeadlinePolicy deadlines, DateTimeOffset now) =>
        deadlines.EndOf(deadlines.LegalDay(now).AddDays(-1));
}
