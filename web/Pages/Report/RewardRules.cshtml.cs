using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Rewards;
using Report12350.Domain.Routing;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>举报奖励规定 as they stand today, from the county's profile; what is not confirmed yet says so.</summary>
public sealed class RewardRulesModel(JurisdictionProfile profile, Texts texts) : PageModel
{
    private DatedEntry<RewardScaleRules> Entry => profile.RewardScale.EntryOn(texts.Today);

    public RewardScaleRules Scale => Entry.Value;

    public string Source => Entry.Source;

    public DateOnly From => Entry.EffectiveFrom;

    public DatedEntry<AnonymousPayout> Payout => profile.AnonymousPayout.EntryOn(texts.Today);

    public bool IsPayoutProvisional => Payout.Confidence is not (Confidence.Confirmed or Confidence.High or Confidence.Likely);

    public bool IsUpliftProvisional => profile.Warnings.Any(w => w.Contains("insiderUpliftPercent", StringComparison.Ordinal));

    public int ClaimDays => profile.Clocks.On(texts.Today).ClaimDays;

    public string Percent => (Scale.PenaltyRate * 100).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Each grade with its range of deaths in words.</summary>
    public IEnumerable<(string Range, DeathTier Tier)> Tiers => Scale.DeathTiers.Select((tier, index) => (
        index == Scale.DeathTiers.Count - 1
            ? texts["filing.rules.deaths.from", tier.MinFinalDeaths]
            : texts["filing.rules.deaths.range", tier.MinFinalDeaths, Scale.DeathTiers[index + 1].MinFinalDeaths - 1],
        tier));
}
