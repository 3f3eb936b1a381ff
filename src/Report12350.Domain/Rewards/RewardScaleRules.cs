using Report12350.Domain.Reports;

namespace Report12350.Domain.Rewards;

/// <summary>The amounts of the reward measure (举报奖励办法) in force from a given date on.</summary>
/// <param name="PenaltyRate">Share of the effective penalty, such as 0.15.</param>
/// <param name="InsiderUpliftPercent">What an employee or informant gets on top, in per cent.</param>
public sealed record RewardScaleRules(
    string Version,
    decimal PenaltyRate,
    decimal Floor,
    decimal Cap,
    IReadOnlyList<DeathTier> DeathTiers,
    decimal DeathCap,
    decimal InsiderUpliftPercent,
    IReadOnlyList<LocalItem> LocalItems);

/// <summary>What one verified concealed death (瞒报谎报死亡) counts for, by the accident's final grade.</summary>
public sealed record DeathTier(int MinFinalDeaths, decimal PerConcealedDeath);

/// <summary>One row of the county's own table of rewards for general hazards (一般隐患).</summary>
public sealed record LocalItem(string Id, string Name, decimal Amount);

/// <summary>The facts a reward is worked out from (奖励依据).</summary>
public sealed record RewardBasis(
    MatterKind Kind,
    ReporterKind Reporter,
    decimal? EffectivePenalty,
    int? ConcealedDeaths,
    int? FinalDeaths,
    string? LocalItemId);

/// <summary>One line of the arithmetic (计算过程): the key names its text, the result is the amount after this line.</summary>
public sealed record ArithmeticStep(string Key, string Expression, decimal Result);

/// <summary>A reward worked out (奖励金额计算), with the rule, its version and every step.</summary>
public sealed record RewardCalculation(string Rule, string Version, IReadOnlyList<ArithmeticStep> Steps, decimal Amount);
