using System.Globalization;
using Report12350.Domain.Reports;

namespace Report12350.Domain.Rewards;

/// <summary>Works out a reward (奖励标准) in exact decimals, line by line, for the proposal to show.</summary>
public static class RewardScale
{
    private static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = " ", NumberDecimalSeparator = "." };

    public static RewardCalculation Calculate(RewardBasis basis, RewardScaleRules rules) => basis.Kind switch
    {
        MatterKind.ConcealedAccident => OnDeaths(basis, rules),
        MatterKind.GeneralHazard => OnLocalTable(basis, rules),
        _ => OnPenalty(basis, rules),
    };

    private static RewardCalculation OnPenalty(RewardBasis basis, RewardScaleRules rules)
    {
        Require(basis is { ConcealedDeaths: null, FinalDeaths: null, LocalItemId: null } && basis.EffectivePenalty is null or >= 0);
        var sum = new Sum();
        if (basis.EffectivePenalty is { } penalty)
        {
            sum.Add("reward.step.penalty", $"{Percent(rules.PenaltyRate * 100)} × {Money(penalty)}", rules.PenaltyRate * penalty);
        }

        if (sum.Amount < rules.Floor)
        {
            sum.Add("reward.step.floor", $"≥ {Money(rules.Floor)}", rules.Floor);
        }

        return Finish("reward.rule.penalty", basis, rules, sum, rules.Cap);
    }

    private static RewardCalculation OnDeaths(RewardBasis basis, RewardScaleRules rules)
    {
        Require(basis is { EffectivePenalty: null, LocalItemId: null, ConcealedDeaths: >= 1 } && basis.FinalDeaths >= basis.ConcealedDeaths);
        var tier = rules.DeathTiers.Where(row => row.MinFinalDeaths <= basis.FinalDeaths).MaxBy(row => row.MinFinalDeaths);
        Require(tier is not null);
        var sum = new Sum();
        sum.Add("reward.step.deaths", $"{basis.ConcealedDeaths} × {Money(tier!.PerConcealedDeath)}", basis.ConcealedDeaths!.Value * tier.PerConcealedDeath);
        return Finish("reward.rule.deaths", basis, rules, sum, rules.DeathCap);
    }

    private static RewardCalculation OnLocalTable(RewardBasis basis, RewardScaleRules rules)
    {
        Require(basis is { EffectivePenalty: null, ConcealedDeaths: null, FinalDeaths: null });
        var item = rules.LocalItems.FirstOrDefault(row => row.Id == basis.LocalItemId);
        Require(basis.LocalItemId is null || item is not null);
        var sum = new Sum();
        sum.Add("reward.step.local", item is null ? Money(0) : $"{item.Name}: {Money(item.Amount)}", item?.Amount ?? 0);
        return Finish("reward.rule.local", basis, rules, sum, rules.Cap);
    }

    private static RewardCalculation Finish(string rule, RewardBasis basis, RewardScaleRules rules, Sum sum, decimal cap)
    {
        if (basis.Reporter is ReporterKind.Employee or ReporterKind.Informant && rules.InsiderUpliftPercent > 0 && sum.Amount > 0)
        {
            var share = 100 + rules.InsiderUpliftPercent;
            sum.Add("reward.step.uplift", $"{Percent(share)} × {Money(sum.Amount)}", sum.Amount * share / 100);
        }

        if (sum.Amount > cap)
        {
            sum.Add("reward.step.cap", $"≤ {Money(cap)}", cap);
        }

        var rounded = Math.Round(sum.Amount, 2, MidpointRounding.AwayFromZero);
        if (rounded != sum.Amount)
        {
            sum.Add("reward.step.rounding", $"{Money(sum.Amount)} → {Money(rounded)}", rounded);
        }

        return new RewardCalculation(rule, rules.Version, sum.Steps, sum.Amount);
    }

    private static void Require(bool consistent)
    {
        if (!consistent)
        {
            throw new RuleBrokenException("rule.RewardBasisIncomplete");
        }
    }

    private static string Money(decimal amount) => amount.ToString("#,##0.00######", Spaced);

    private static string Percent(decimal percent) => percent.ToString("0.####", Spaced) + " %";

    private sealed class Sum
    {
        private readonly List<ArithmeticStep> steps = [];

        public IReadOnlyList<ArithmeticStep> Steps => steps;

        public decimal Amount { get; private set; }

        public void Add(string key, string expression, decimal result)
        {
            steps.Add(new ArithmeticStep(key, expression, result));
            Amount = result;
        }
    }
}
