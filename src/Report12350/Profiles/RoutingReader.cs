using System.Globalization;
using Report12350.Domain.Reports;
using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>Reads the division of duties (职责分工) of a county's profile.</summary>
internal static class RoutingReader
{
    /// <summary>The table; none when no rule matches everything, which is then among the errors.</summary>
    public static RoutingTable? Table(
        MapReader root,
        IReadOnlyList<Department> departments,
        IReadOnlyList<Sector> sectors,
        IReadOnlyList<Town> towns,
        string safetyCommitteeOffice)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<(RoutingRule Rule, MapReader Map)> rows = [.. root.Maps("rules").Select(map => (Rule(map, taken), map))];
        foreach (var (_, map) in rows)
        {
            map.Check("lead", id => IsBody(id), "unknown department");
            map.Check("assist", id => IsBody(id), "unknown department");
            map.Check("supervise", id => departments.Any(department => department.Id == id), "unknown department");
            map.Check("sectors", id => sectors.Any(sector => sector.Id == id), "unknown sector");
            map.Check("towns", id => towns.Any(town => town.Id == id), "unknown town");
        }

        if (rows.FirstOrDefault(row => row.Rule.IsCatchAll) is not { Map: { } last } caught)
        {
            root.Error("no rule matches everything; the last one must, and lead to the safety-committee office", "rules");
        }
        else if (caught.Rule.Lead != safetyCommitteeOffice)
        {
            last.Error($"the rule that matches everything must lead to the safety-committee office '{safetyCommitteeOffice}'", "lead");
        }

        WarnOfUnconfirmed(root, rows);
        if (!rows.Any(row => row.Rule.IsCatchAll))
        {
            return null;
        }

        var table = new RoutingTable([.. rows.Select(row => row.Rule)]);
        WarnOfShadowed(table, rows);
        return table;

        bool IsBody(string id) => id == RoutingRule.TownOffice || departments.Any(department => department.Id == id);
    }

    private static RoutingRule Rule(MapReader map, HashSet<string> taken) => new(
        map.UniqueId(taken),
        map.Choices<MatterKind>("kinds"),
        map.Texts("sectors"),
        map.Texts("towns"),
        map.Texts("keywords"),
        map.Text("lead"),
        map.Texts("assist"),
        map.Text("supervise"),
        map.Text("source"),
        map.Choice<Confidence>("confidence"),
        map.TextOrNull("note"));

    private static void WarnOfUnconfirmed(MapReader root, IReadOnlyList<(RoutingRule Rule, MapReader Map)> rows)
    {
        var weak = rows.Where(row => row.Rule.Confidence.IsWeak()).Select(row => row.Rule.Id).ToList();
        if (weak.Count > 0)
        {
            root.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{weak.Count} of {rows.Count} rules are not confirmed ({string.Join(", ", weak)}); check before go-live"));
        }
    }

    private static void WarnOfShadowed(RoutingTable table, IReadOnlyList<(RoutingRule Rule, MapReader Map)> rows)
    {
        foreach (var (shadowed, by) in table.Shadowed())
        {
            rows.First(row => ReferenceEquals(row.Rule, shadowed)).Map
                .Warn($"rule '{shadowed.Id}' can never win: rule '{by.Id}' takes all its reports", "id");
        }
    }
}
