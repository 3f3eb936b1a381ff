using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>What a place below the county is: 镇, 场 or 开发区.</summary>
public enum TownType
{
    Town,
    Farm,
    Zone,
}

/// <summary>A town (镇), farm (场) or zone (开发区) on the county's map; some are run by another body, and reports there are transferred (移送).</summary>
/// <param name="ManagedBy">The body that runs it when the county does not; otherwise null.</param>
/// <param name="OfficeDepartment">Its own emergency office; empty when the county does not run it.</param>
public sealed record Town(
    string Id,
    string? Code,
    string Name,
    string NameEn,
    TownType Type,
    string? ManagedBy,
    string OfficeDepartment,
    Confidence Confidence,
    string Source)
{
    public bool IsManaged => ManagedBy is null;
}

/// <summary>A body that a report can be referred to (成员单位).</summary>
public sealed record Department(string Id, string Name, string NameEn, string ShortName, Confidence Confidence, string Source);

/// <summary>A heading under which the form offers sectors, in a citizen's words (行业大类).</summary>
public sealed record SectorGroup(string Id, string Name, string NameEn);

/// <summary>A line of business or kind of place (行业领域) that decides who verifies.</summary>
public sealed record Sector(
    string Id,
    string Name,
    string NameEn,
    string Group,
    string ExamplesZh,
    string ExamplesEn,
    string? Standard,
    IReadOnlyList<SectorQuestion> Questions);

/// <summary>A question asked in one sector only (补充问题).</summary>
public sealed record SectorQuestion(string Id, string TextZh, string TextEn, SectorQuestionKind Kind, bool Optional);

/// <summary>How a sector's question is answered.</summary>
public enum SectorQuestionKind
{
    Text,
    YesNo,
}
