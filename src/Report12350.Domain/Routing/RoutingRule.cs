using Report12350.Domain.Reports;

namespace Report12350.Domain.Routing;

/// <summary>How well a value of the profile is sourced (把握程度); anything below likely is checked before go-live.</summary>
public enum Confidence
{
    Confirmed,
    High,
    Likely,
    Inferred,
    Medium,
    Low,
    Unknown,
}

/// <summary>One row of the division of duties (职责分工): which department leads the verification (牵头), who assists (协办), who supervises (督办).</summary>
/// <remarks>An empty list matches anything; <see cref="TownOffice"/> as lead or assistant is the office of the report's own town.</remarks>
public sealed record RoutingRule(
    string Id,
    IReadOnlyList<MatterKind> Kinds,
    IReadOnlyList<string> Sectors,
    IReadOnlyList<string> Towns,
    IReadOnlyList<string> Keywords,
    string Lead,
    IReadOnlyList<string> Assist,
    string Supervise,
    string Source,
    Confidence Confidence,
    string? Note)
{
    public const string TownOffice = "town";

    public bool IsCatchAll => Kinds.Count == 0 && Sectors.Count == 0 && Towns.Count == 0 && Keywords.Count == 0;

    public bool Matches(RoutingQuestion question) =>
        (Kinds.Count == 0 || Kinds.Contains(question.Kind))
        && (Sectors.Count == 0 || Sectors.Contains(question.Sector, StringComparer.Ordinal))
        && (Towns.Count == 0 || Towns.Contains(question.Town, StringComparer.Ordinal))
        && (Keywords.Count == 0 || Keywords.Any(word => question.Text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether every report that <paramref name="other"/> matches is matched by this rule too.</summary>
    public bool Covers(RoutingRule other) =>
        CoversList(Kinds, other.Kinds)
        && CoversList(Sectors, other.Sectors)
        && CoversList(Towns, other.Towns)
        && (Keywords.Count == 0 || (other.Keywords.Count > 0 && other.Keywords.All(
            word => Keywords.Any(mine => word.Contains(mine, StringComparison.OrdinalIgnoreCase)))));

    private static bool CoversList<T>(IReadOnlyList<T> mine, IReadOnlyList<T> theirs) =>
        mine.Count == 0 || (theirs.Count > 0 && theirs.All(mine.Contains));
}

/// <summary>What is known of a report when it is to be referred (转办).</summary>
public sealed record RoutingQuestion(MatterKind Kind, string Sector, string Town, string Text);

/// <summary>Where a report goes (转办去向), and the rule that says so.</summary>
public sealed record RoutingAnswer(string Lead, IReadOnlyList<string> Assist, string Supervise, RoutingRule Rule, string Why);
