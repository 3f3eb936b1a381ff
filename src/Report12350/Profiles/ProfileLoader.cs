namespace Report12350.Profiles;

/// <summary>Reads a county's profile (县域配置) from its folder and refuses it whole if anything in it is wrong.</summary>
public static class ProfileLoader
{
    public static JurisdictionProfile Load(string folder)
    {
        var source = new ProfileSource(folder);
        var county = source.Open("county.yaml");
        var towns = PlacesReader.Towns(source.Open("towns.yaml"));
        var departments = PlacesReader.Departments(source.Open("departments.yaml"), towns);
        var sectorFile = source.Open("sectors.yaml");
        var groups = PlacesReader.Groups(sectorFile);
        var sectors = PlacesReader.Sectors(sectorFile, groups);
        var office = Body(county, "safetyCommitteeOffice", departments);
        var routing = RoutingReader.Table(source.Open("routing.yaml"), departments, sectors, towns, office);
        var rewards = source.Open("rewards.yaml");
        var profile = new JurisdictionProfile
        {
            County = county.Text("county"),
            CountyEn = county.Text("countyEn"),
            CountyCode = county.Text("countyCode"),
            Hotline = county.Text("hotline"),
            UtcOffset = county.Offset("utcOffset"),
            SafetyCommitteeOffice = office,
            CountyGovernment = Body(county, "countyGovernment", departments),
            ReexaminationBody = Body(county, "reexaminationBody", departments),
            Towns = towns,
            Departments = departments,
            SectorGroups = groups,
            Sectors = sectors,
            Routing = routing!,
            Criteria = CriteriaReader.Catalogue(source.Open("criteria.yaml"), sectors),
            Calendar = CalendarReader.Calendar(source.Open("calendar.yaml")),
            Clocks = source.Open("clocks.yaml").Dated("clocks", RulesReader.Clocks),
            RewardScale = rewards.Dated("scale", RulesReader.Scale),
            AnonymousPayout = rewards.Dated("anonymousPayout", RulesReader.Payout),
            Committee = rewards.Dated("committee", RulesReader.Committee),
            Retention = source.Open("retention.yaml").Dated("retention", RulesReader.Retention),
            Uploads = RulesReader.Uploads(source.Open("uploads.yaml")),
            Words = PlacesReader.Words(source.Open("words.yaml"), towns, sectors),
            LegalTexts = CalendarReader.Texts(source.Open("texts.yaml")),
            Warnings = source.Warnings,
        };
        source.ReportUnknownKeys();
        source.ThrowIfFaulty();
        return profile;
    }

    private static string Body(MapReader county, string key, IReadOnlyList<Department> departments)
    {
        county.Check(key, id => departments.Any(department => department.Id == id), "unknown department");
        return county.Text(key);
    }
}
