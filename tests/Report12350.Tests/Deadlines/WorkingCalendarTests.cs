using System.Globalization;
using Report12350.Domain.Deadlines;
using Report12350.Tests.Profiles;

namespace Report12350.Tests.Deadlines;

public class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = HaifengProfile.Loaded.Calendar;

    [Theory]
    [InlineData("2026-02-13", true, "the Friday before the Spring Festival of 2026")]
    [InlineData("2026-02-14", true, "2026 notice: Saturday worked to make up for the Spring Festival")]
    [InlineData("2026-02-15", false, "2026 notice: Spring Festival, first day off")]
    [InlineData("2026-02-23", false, "2026 notice: Spring Festival, last day off, a Monday")]
    [InlineData("2026-02-24", true, "the Tuesday after it")]
    [InlineData("2026-02-28", true, "2026 notice: Saturday worked to make up for the Spring Festival")]
    [InlineData("2026-01-04", true, "2026 notice: Sunday worked to make up for New Year")]
    [InlineData("2026-09-20", true, "2026 notice: Sunday worked to make up for National Day")]
    [InlineData("2026-10-07", false, "2026 notice: National Day, last day off")]
    [InlineData("2026-10-10", true, "2026 notice: Saturday worked to make up for National Day")]
    [InlineData("2025-10-08", false, "2025 notice: National Day and Mid-Autumn, last day off")]
    [InlineData("2025-10-11", true, "2025 notice: Saturday worked to make up for National Day")]
    [InlineData("2024-02-18", true, "2024 notice: Sunday worked to make up for the Spring Festival")]
    [InlineData("2026-03-07", false, "an ordinary Saturday")]
    public void A_day_is_worked_as_the_notice_of_its_year_says(string day, bool worked, string because) =>
        Calendar.IsWorkingDay(Day(day)).ShouldBe(worked, because);

    [Theory]
    [InlineData("2026-09-30", 5, "2026-10-13", "National Day off, Saturday the 10th worked")]
    [InlineData("2026-02-13", 1, "2026-02-14", "the next day is a worked Saturday")]
    [InlineData("2026-02-14", 5, "2026-02-28", "nine days off, then Tuesday to the worked Saturday")]
    [InlineData("2026-03-02", 0, "2026-03-02", "no days to count")]
    [InlineData("2026-12-30", 3, "2027-01-04", "2027 has no notice yet: 31 December, 1 January, Monday the 4th")]
    public void Working_days_are_counted_from_the_day_after(string from, int days, string last, string because) =>
        Calendar.AddWorkingDays(Day(from), days).ShouldBe(Day(last), because);

    [Fact]
    public void A_year_without_a_notice_is_Monday_to_Friday()
    {
        Calendar.Covers(2026).ShouldBeTrue();
        Calendar.Covers(2031).ShouldBeFalse();
        Calendar.IsWorkingDay(Day("2031-10-01")).ShouldBeTrue("a Wednesday");
        Calendar.IsWorkingDay(Day("2031-10-04")).ShouldBeFalse("a Saturday");
    }

    [Fact]
    public void Counting_backwards_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Calendar.AddWorkingDays(Day("2026-01-05"), -1));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
