namespace Report12350.Domain.Deadlines;

/// <summary>One year's holiday notice (国务院办公厅放假通知): days off, and weekend days worked to make up for them (调休).</summary>
public sealed record CalendarYear(IReadOnlySet<DateOnly> Holidays, IReadOnlySet<DateOnly> Workdays);

/// <summary>The working calendar (工作日历) by which working-day deadlines are counted; a year without a notice is Monday to Friday.</summary>
public sealed class WorkingCalendar(IReadOnlyDictionary<int, CalendarYear> years)
{
    public bool Covers(int year) => years.ContainsKey(year);

    public bool IsWorkingDay(DateOnly day)
    {
        var weekday = day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        if (!years.TryGetValue(day.Year, out var year))
        {
            return weekday;
        }

        return year.Workdays.Contains(day) || (weekday && !year.Holidays.Contains(day));
    }

    /// <summary>The last of <paramref name="days"/> working days, the first being the one after <paramref name="from"/>.</summary>
    public DateOnly AddWorkingDays(DateOnly from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var day = from;
        while (days > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
            {
                days--;
            }
        }

        return day;
    }
}
