using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>A national standard for what counts as a major hazard (重大事故隐患判定标准).</summary>
/// <param name="TriageKeywords">Words that point to the field though the standard's own items are not in the catalogue.</param>
public sealed record CriteriaStandard(
    string Sector,
    string Name,
    string DocNo,
    string Issuer,
    string Effective,
    Confidence Confidence,
    string Source,
    string? Scope,
    IReadOnlyList<string> Omitted,
    IReadOnlyList<string> TriageKeywords);

/// <summary>One item of a standard (判定条款), in short words for search; the official text governs.</summary>
public sealed record Criterion(
    string Id,
    string Sector,
    string No,
    string Title,
    IReadOnlyList<string> Keywords,
    string Standard,
    Confidence Confidence);

/// <summary>A criterion a narrative might come under (候选条款): a person decides.</summary>
public sealed record CriterionMatch(Criterion Criterion, IReadOnlyList<string> MatchedKeywords, double Score);

/// <summary>The criteria for major hazards (判定标准库), searched with a reporter's own words to suggest, never to decide.</summary>
public sealed class CriteriaCatalogue
{
    private const double SameSector = 3;
    private readonly Dictionary<string, int> uses;

    public CriteriaCatalogue(IReadOnlyList<CriteriaStandard> standards, IReadOnlyList<Criterion> criteria)
    {
        Standards = standards;
        Criteria = criteria;
        uses = criteria.SelectMany(item => item.Keywords)
            .GroupBy(word => word, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<CriteriaStandard> Standards { get; }

    public IReadOnlyList<Criterion> Criteria { get; }

    public Criterion? Find(string? id) => Criteria.FirstOrDefault(item => item.Id == id);

    public IReadOnlyList<CriterionMatch> Suggest(string narrative, string? sector, int max = 5) =>
        [.. Criteria
            .Select(item => Match(item, narrative, sector))
            .Where(match => match.Score > 0)
            .OrderByDescending(match => match.Score)
            .ThenBy(match => match.Criterion.Id, StringComparer.Ordinal)
            .Take(max)];

    /// <summary>A longer word says more, a word many criteria share says less.</summary>
    private CriterionMatch Match(Criterion item, string narrative, string? sector)
    {
        var hits = item.Keywords.Where(word => narrative.Contains(word, StringComparison.OrdinalIgnoreCase)).ToList();
        var score = hits.Sum(word => word.Length / Math.Sqrt(uses[word]));
        return new CriterionMatch(item, hits, item.Sector == sector ? score * SameSector : score);
    }
}
