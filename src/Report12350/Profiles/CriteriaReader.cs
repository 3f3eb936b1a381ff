using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>Reads the criteria for major hazards (重大事故隐患判定标准) of a county's profile.</summary>
internal static class CriteriaReader
{
    public static CriteriaCatalogue Catalogue(MapReader root, IReadOnlyList<Sector> sectors)
    {
        List<CriteriaStandard> standards = [];
        List<Criterion> criteria = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (var map in root.Maps("standards"))
        {
            map.Check("sector", id => sectors.Any(sector => sector.Id == id), "unknown sector");
            var standard = Standard(map, map.Text("sector"));
            _ = map.TextOrNull("confidenceNote");
            standards.Add(standard);
            criteria.AddRange(map.Maps("items").Select(item => Item(item, standard, taken)));
        }

        foreach (var map in root.Maps("others"))
        {
            standards.Add(Other(map));
        }

        return new CriteriaCatalogue(standards, criteria);
    }

    private static CriteriaStandard Standard(MapReader map, string sector) => new(
        sector,
        map.Text("name"),
        map.Text("docNo"),
        map.Text("issuer"),
        map.Text("effective"),
        map.Choice<Confidence>("confidence"),
        map.Text("source"),
        map.TextOrNull("scope"),
        map.Texts("omitted"),
        map.Texts("triageKeywords"));

    private static CriteriaStandard Other(MapReader map) => new(
        map.Text("field"),
        $"{map.Text("fieldName")}: {map.Text("name")}",
        map.Text("docNo"),
        map.Text("issuer"),
        map.Text("effective"),
        map.Choice<Confidence>("confidence"),
        "",
        map.TextOrNull("count"),
        [],
        []);

    private static Criterion Item(MapReader map, CriteriaStandard standard, HashSet<string> taken)
    {
        var no = map.Text("no");
        var id = $"{standard.Sector}/{no}";
        if (!taken.Add(id))
        {
            map.Error($"duplicate id '{id}'", "no");
        }

        return new Criterion(
            id,
            standard.Sector,
            no,
            map.Text("title"),
            map.Texts("keywords"),
            $"{standard.Name} ({standard.DocNo})",
            map.Has("confidence") ? map.Choice<Confidence>("confidence") : standard.Confidence);
    }
}
