using Report12350.Domain.Deadlines;
using Report12350.Domain.Rewards;
using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>Everything about a county (县) that the procedure leaves to it, read from its folder of data files at start.</summary>
public sealed class JurisdictionProfile
{
    public required string County { get; init; }

    public required string CountyEn { get; init; }

    public required string CountyCode { get; init; }

    public required string Hotline { get; init; }

    public required TimeSpan UtcOffset { get; init; }

    /// <summary>安委办: accepts, refers, designates.</summary>
    public required string SafetyCommitteeOffice { get; init; }

    /// <summary>县政府: organises verification where people died.</summary>
    public required string CountyGovernment { get; init; }

    /// <summary>复查机关: the bureau of the 设区市.</summary>
    public required string ReexaminationBody { get; init; }

    public required IReadOnlyList<Town> Towns { get; init; }

    public required IReadOnlyList<Department> Departments { get; init; }

    public required IReadOnlyList<SectorGroup> SectorGroups { get; init; }

    public required IReadOnlyList<Sector> Sectors { get; init; }

    public required RoutingTable Routing { get; init; }

    public required CriteriaCatalogue Criteria { get; init; }

    public required WorkingCalendar Calendar { get; init; }

    public required Dated<ClockRules> Clocks { get; init; }

    public required Dated<RewardScaleRules> RewardScale { get; init; }

    public required Dated<AnonymousPayout> AnonymousPayout { get; init; }

    public required Dated<CommitteeRules> Committee { get; init; }

    public required Dated<RetentionRules> Retention { get; init; }

    public required UploadLimits Uploads { get; init; }

    public required SpokenWords Words { get; init; }

    public required LegalTexts LegalTexts { get; init; }

    /// <summary>What an administrator should look at: shadowed rules, missing calendars, values to check before go-live.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Day on the county's calendar.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(UtcOffset).DateTime);

    public DeadlinePolicy DeadlinesOn(DateOnly day) => new(Clocks.On(day), Calendar, UtcOffset);

    public Town Town(string id) => FindTown(id) ?? throw new KeyNotFoundException($"No town '{id}' in the profile.");

    public Town? FindTown(string? id) => Towns.FirstOrDefault(town => town.Id == id);

    public Department Department(string id) => FindDepartment(id) ?? throw new KeyNotFoundException($"No department '{id}' in the profile.");

    public Department? FindDepartment(string? id) => Departments.FirstOrDefault(department => department.Id == id);

    public Sector Sector(string id) => FindSector(id) ?? throw new KeyNotFoundException($"No sector '{id}' in the profile.");

    public Sector? FindSector(string? id) => Sectors.FirstOrDefault(sector => sector.Id == id);
}
