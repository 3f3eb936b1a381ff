using System.Globalization;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>Reads the holiday notices (放假通知) and the legal wordings (法律用语) of a county's profile.</summary>
internal static class CalendarReader
{
    public static WorkingCalendar Calendar(MapReader root)
    {
        _ = root.Text("source");
        _ = root.Choice<Confidence>("confidence");
        Dictionary<int, CalendarYear> years = [];
        foreach (var (key, map) in root.Map("years").Entries())
        {
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            {
                map.Error($"'{key}' is not a year");
                continue;
            }

            years[year] = Year(map, year);
        }

        WarnOfGaps(root, years.Keys);
        return new WorkingCalendar(years);
    }

    public static LegalTexts Texts(MapReader root)
    {
        Dictionary<string, LocalText> texts = new(StringComparer.Ordinal);
        foreach (var (key, map) in root.Map("texts").Entries())
        {
            texts[key] = new LocalText(map.Text("zh"), map.Text("en"), map.Text("source"));
        }

        return new LegalTexts(texts);
    }

    private static CalendarYear Year(MapReader map, int year)
    {
        var holidays = map.Days("holidays");
        var workdays = map.Days("workdays");
        CheckYear(map, "holidays", year);
        CheckYear(map, "workdays", year);
        var both = holidays.Select(row => row.Day).Intersect(workdays.Select(row => row.Day)).ToList();
        if (both.Count > 0)
        {
            map.Error($"{both[0]:yyyy-MM-dd} is both a holiday and a workday", "workdays");
        }

        return new CalendarYear(holidays.Select(row => row.Day).ToHashSet(), workdays.Select(row => row.Day).ToHashSet());
    }

    private static void CheckYear(MapReader map, string key, int year) =>
        map.Check(key, day => day.StartsWith(year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), $"date outside {year}:");

    private static void WarnOfGaps(MapReader root, IReadOnlyCollection<int> years)
    {
        if (years.Count == 0)
        {
            root.Warn("no holiday notice at all: working days are Monday to Friday");
            return;
        }

        root.Warn(string.Create(CultureInfo.InvariantCulture, $"holiday notices cover {years.Min()} to {years.Max()}; working days after that are Monday to Friday until the next notice is added"));
        foreach (var year in Enumerable.Range(years.Min(), years.Max() - years.Min()).Except(years))
        {
            root.Warn(string.Create(CultureInfo.InvariantCulture, $"no holiday notice for {year}: working days are Monday to Friday"));
        }
    }
}
