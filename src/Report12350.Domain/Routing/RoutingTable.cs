namespace Report12350.Domain.Routing;

/// <summary>The county's ordered table of duties (职责分工表): the first rule that matches wins, and the last word is the safety-committee office's.</summary>
public sealed class RoutingTable
{
    private readonly IReadOnlyList<RoutingRule> rules;

    public RoutingTable(IReadOnlyList<RoutingRule> rules)
    {
        if (!rules.Any(rule => rule.IsCatchAll))
        {
            throw new ArgumentException("A routing table needs a rule that matches everything.", nameof(rules));
        }

        this.rules = rules;
    }

    public IReadOnlyList<RoutingRule> Rules => rules;

    public RoutingAnswer Route(RoutingQuestion q)
    {
        var rule = rules.First(candidate => candidate.Matches(q));
        var lead = InTown(rule.Lead, q.Town) ?? rule.Supervise;
        var assist = rule.Assist
            .Select(id => InTown(id, q.Town))
            .OfType<string>()
            .Where(id => id != lead)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new RoutingAnswer(lead, assist, rule.Supervise, rule, Explain(rule, q));
    }

    /// <summary>Rules that can never win, each with the earlier rule that takes all its reports.</summary>
    public IReadOnlyList<(RoutingRule Shadowed, RoutingRule By)> Shadowed() =>
        [.. rules.SelectMany((rule, index) => rules.Take(index).Where(earlier => earlier.Covers(rule)).Take(1).Select(by => (rule, by)))];

    private static string? InTown(string department, string town) =>
        department != RoutingRule.TownOffice ? department
        : string.IsNullOrEmpty(town) ? null
        : $"town_{town}";

    private static string Explain(RoutingRule rule, RoutingQuestion q)
    {
        List<string> parts = [$"rule {rule.Id}"];
        if (rule.Kinds.Count > 0)
        {
            parts.Add($"kind={q.Kind}");
        }

        if (rule.Sectors.Count > 0)
        {
            parts.Add($"sector={q.Sector}");
        }

        if (rule.Towns.Count > 0)
        {
            parts.Add($"town={q.Town}");
        }

        if (rule.Keywords.FirstOrDefault(word => q.Text.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } hit)
        {
            parts.Add($"keyword={hit}");
        }

        return string.Join("; ", parts);
    }
}
