using System.Globalization;
using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>Reads towns, departments and sectors (镇场, 部门, 行业) of a county's profile.</summary>
internal static class PlacesReader
{
    public static List<Town> Towns(MapReader root)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return [.. root.Maps("towns").Select(map => Town(map, taken))];
    }

    public static List<Department> Departments(MapReader root, IReadOnlyList<Town> towns)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<Department> departments =
        [
            .. root.Maps("departments").Select(map => new Department(
                map.UniqueId(taken),
                map.Text("name"),
                map.Text("nameEn"),
                map.Text("shortName"),
                map.Choice<Confidence>("confidence"),
                map.Text("source"))),
        ];
        WarnOfWeakOnes(root, departments);
        return [.. departments, .. TownOffices(root.Map("townOffice"), towns)];
    }

    public static List<SectorGroup> Groups(MapReader root)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return [.. root.Maps("groups").Select(map => new SectorGroup(map.UniqueId(taken), map.Text("name"), map.Text("nameEn")))];
    }

    public static List<Sector> Sectors(MapReader root, IReadOnlyList<SectorGroup> groups)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return [.. root.Maps("sectors").Select(map => Sector(map, taken, groups))];
    }

    public static SpokenWords Words(MapReader root, IReadOnlyList<Town> towns, IReadOnlyList<Sector> sectors)
    {
        var (ofTowns, ofSectors) = (root.Map("towns"), root.Map("sectors"));
        return new(
            towns.DistinctBy(town => town.Id).ToDictionary(town => town.Id, town => ofTowns.Texts(town.Id), StringComparer.Ordinal),
            sectors.DistinctBy(sector => sector.Id).ToDictionary(sector => sector.Id, sector => SectorWords(ofSectors.Map(sector.Id)), StringComparer.Ordinal));
    }

    private static SectorWords SectorWords(MapReader map) => new(map.Texts("things"), map.Texts("places"));

    private static Town Town(MapReader map, HashSet<string> taken)
    {
        var id = map.UniqueId(taken);
        var managedBy = map.TextOrNull("managedBy");
        return new Town(
            id,
            map.TextOrNull("code"),
            map.Text("name"),
            map.Text("nameEn"),
            map.Choice<TownType>("type"),
            managedBy,
            managedBy is null ? $"town_{id}" : "",
            map.Choice<Confidence>("confidence"),
            map.Text("source"));
    }

    private static List<Department> TownOffices(MapReader map, IReadOnlyList<Town> towns)
    {
        var (name, zoneName, nameEn) = (map.Text("name"), map.Text("zoneName"), map.Text("nameEn"));
        var (shortName, zoneShortName) = (map.Text("shortName"), map.Text("zoneShortName"));
        var (confidence, source) = (map.Choice<Confidence>("confidence"), map.Text("source"));
        return
        [
            .. towns.Where(town => town.IsManaged).Select(town => new Department(
                town.OfficeDepartment,
                Fill(town.Type == TownType.Zone ? zoneName : name, town.Name),
                Fill(nameEn, town.NameEn),
                Fill(town.Type == TownType.Zone ? zoneShortName : shortName, town.Name),
                confidence,
                source)),
        ];
    }

    private static string Fill(string pattern, string name) => pattern.Replace("{0}", name, StringComparison.Ordinal);

    private static void WarnOfWeakOnes(MapReader root, IReadOnlyList<Department> departments)
    {
        var weak = departments.Where(department => department.Confidence.IsWeak()).Select(department => department.Id).ToList();
        if (weak.Count > 0)
        {
            root.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{weak.Count} department names are not confirmed ({string.Join(", ", weak)}); check before go-live"));
        }
    }

    private static Sector Sector(MapReader map, HashSet<string> taken, IReadOnlyList<SectorGroup> groups)
    {
        map.Check("group", id => groups.Any(group => group.Id == id), "unknown group");
        return new Sector(
            map.UniqueId(taken),
            map.Text("name"),
            map.Text("nameEn"),
            map.Text("group"),
            map.Text("examplesZh"),
            map.Text("examplesEn"),
            map.TextOrNull("standard"),
            Questions(map));
    }

    private static List<SectorQuestion> Questions(MapReader sector)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return !sector.Has("questions")
            ? []
            : [.. sector.Maps("questions").Select(map => new SectorQuestion(
                map.UniqueId(taken),
                map.Text("textZh"),
                map.Text("textEn"),
                map.Choice<SectorQuestionKind>("kind"),
                map.Flag("optional")))];
    }
}
