using Report12350.Domain.Reports;
using Report12350.Domain.Routing;
using Report12350.Profiles;

namespace Report12350.Routing;

/// <summary>转办建议: where the county's table of duties sends a report, and the rule that says so; a person decides.</summary>
/// <param name="BecauseOfDeaths">The law sends it to the county government, whatever the table says (安全生产法第73条第2款).</param>
public sealed record ReferralAdvice(string Lead, IReadOnlyList<string> Assist, RoutingAnswer Table, bool BecauseOfDeaths)
{
    /// <summary>Kept with a referral in which a person decided otherwise.</summary>
    public const string Officer = "officer";

    private const string Deaths = "law-73-2";

    public string Rule => BecauseOfDeaths ? Deaths : Table.Rule.Id;

    public static ReferralAdvice For(Report report, string? narrative, JurisdictionProfile profile)
    {
        var answer = profile.Routing.Route(new RoutingQuestion(report.Kind, report.Sector, report.Town, narrative ?? ""));
        var forCounty = report.InvolvesDeaths || report.Kind is MatterKind.ConcealedAccident;
        return forCounty && answer.Lead != profile.CountyGovernment
            ? new ReferralAdvice(profile.CountyGovernment, [.. answer.Assist.Prepend(answer.Lead)], answer, BecauseOfDeaths: true)
            : new ReferralAdvice(answer.Lead, answer.Assist, answer, BecauseOfDeaths: false);
    }

    /// <summary>The referral a person chose: the rule's, when they took its answer as it stands.</summary>
    public Referral Chosen(string lead, IReadOnlyList<string> assist, string countyGovernment) =>
        new(lead, assist, Takes(lead, assist) ? Rule : Officer, lead == countyGovernment);

    public bool Takes(string lead, IReadOnlyList<string> assist) =>
        lead == Lead && assist.Where(d => d != lead).ToHashSet(StringComparer.Ordinal).SetEquals(Assist);
}
