using CsCheck;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Tests.Profiles;

namespace Report12350.Tests.Rewards;

public class RewardScaleTests
{
    private static readonly RewardScaleRules Rules = HaifengProfile.Loaded.RewardScale.On(new DateOnly(2026, 3, 1));

    private static readonly Gen<decimal> Penalties = Gen.Long[0, 500_000_000].Select(fen => fen / 100m);

    private static readonly Gen<ReporterKind> Reporters = Gen.Enum<ReporterKind>();

    [Theory]
    [InlineData(null, ReporterKind.Citizen, 3_000, "no penalty: the floor")]
    [InlineData(0, ReporterKind.Citizen, 3_000, "the floor")]
    [InlineData(10_000, ReporterKind.Citizen, 3_000, "1 500 is under the floor")]
    [InlineData(80_000, ReporterKind.Citizen, 12_000, "15 %")]
    [InlineData(3_000_000, ReporterKind.Citizen, 300_000, "the cap")]
    [InlineData(80_000, ReporterKind.Employee, 14_400, "20 % on top")]
    [InlineData(80_000, ReporterKind.Informant, 14_400, "20 % on top")]
    [InlineData(2_000_000, ReporterKind.Employee, 300_000, "clamped after the uplift")]
    [InlineData(null, ReporterKind.Employee, 3_600, "the floor and 20 % on top")]
    public void A_hazard_or_violation_earns_a_share_of_the_penalty(int? penalty, ReporterKind reporter, int amount, string because)
    {
        foreach (var kind in new[] { MatterKind.MajorHazard, MatterKind.Violation })
        {
            Calculate(new RewardBasis(kind, reporter, penalty, null, null, null)).Amount.ShouldBe(amount, because);
        }
    }

    [Theory]
    [InlineData(1, 2, 30_000)]
    [InlineData(2, 2, 60_000)]
    [InlineData(2, 3, 80_000)]
    [InlineData(3, 9, 120_000)]
    [InlineData(3, 10, 150_000)]
    [InlineData(5, 29, 250_000)]
    [InlineData(4, 30, 240_000)]
    [InlineData(30, 30, 300_000)]
    public void A_concealed_death_counts_by_the_final_grade_of_the_accident(int concealed, int final, int amount) =>
        Calculate(Deaths(concealed, final, ReporterKind.Citizen)).Amount.ShouldBe(amount);

    [Fact]
    public void A_general_hazard_earns_nothing_until_the_county_has_a_table()
    {
        var basis = new RewardBasis(MatterKind.GeneralHazard, ReporterKind.Citizen, null, null, null, null);

        Calculate(basis).Amount.ShouldBe(0);
        RewardScale.Calculate(basis with { LocalItemId = "exit" }, Rules with { LocalItems = [new LocalItem("exit", "安全出口上锁", 200)] })
            .Amount.ShouldBe(200);
    }

    [Fact]
    public void The_arithmetic_is_shown_line_by_line()
    {
        var calculation = Calculate(Penalty(80_000, ReporterKind.Employee));

        calculation.Version.ShouldBe("安监总财〔2018〕19号");
        calculation.Steps.ShouldBe(
        [
            new ArithmeticStep("reward.step.penalty", "15 % × 80 000.00", 12_000),
            new ArithmeticStep("reward.step.uplift", "120 % × 12 000.00", 14_400),
        ]);
    }

    [Fact]
    public void The_clamp_that_bit_is_shown_and_rounding_only_when_it_changed_something()
    {
        Keys(Penalty(10_000, ReporterKind.Citizen)).ShouldBe(["reward.step.penalty", "reward.step.floor"]);
        Keys(Penalty(3_000_000, ReporterKind.Citizen)).ShouldBe(["reward.step.penalty", "reward.step.cap"]);
        Keys(Penalty(80_000.10m, ReporterKind.Citizen)).ShouldBe(["reward.step.penalty", "reward.step.rounding"]);
        Calculate(Penalty(80_000.10m, ReporterKind.Citizen)).Amount.ShouldBe(12_000.02m, "12 000.015, half up");
    }

    [Fact]
    public void An_inconsistent_basis_is_refused()
    {
        RewardBasis[] wrong =
        [
            Penalty(-1, ReporterKind.Citizen),
            Penalty(100, ReporterKind.Citizen) with { ConcealedDeaths = 1 },
            Penalty(100, ReporterKind.Citizen) with { LocalItemId = "exit" },
            Deaths(0, 1, ReporterKind.Citizen),
            Deaths(3, 2, ReporterKind.Citizen),
            Deaths(1, 2, ReporterKind.Citizen) with { EffectivePenalty = 1 },
            Deaths(1, 2, ReporterKind.Citizen) with { FinalDeaths = null },
            Deaths(1, 2, ReporterKind.Citizen) with { ConcealedDeaths = null },
            new RewardBasis(MatterKind.GeneralHazard, ReporterKind.Citizen, null, null, null, "no such item"),
        ];
        foreach (var basis in wrong)
        {
            Should.Throw<RuleBrokenException>(() => Calculate(basis), basis.ToString()).Code.ShouldBe("rule.RewardBasisIncomplete");
        }
    }

    [Fact]
    public void Amounts_stay_between_floor_and_cap_and_are_whole_fen() =>
        Gen.Select(Penalties, Reporters).Sample((penalty, reporter) =>
        {
            var calculation = Calculate(Penalty(penalty, reporter));
            calculation.Amount.ShouldBeInRange(Rules.Floor, Rules.Cap);
            (calculation.Amount * 100 % 1).ShouldBe(0);
            calculation.Steps[^1].Result.ShouldBe(calculation.Amount);
        });

    [Fact]
    public void A_higher_penalty_never_earns_less() =>
        Gen.Select(Penalties, Penalties, Reporters).Sample((one, other, reporter) =>
            Calculate(Penalty(Math.Max(one, other), reporter)).Amount
                .ShouldBeGreaterThanOrEqualTo(Calculate(Penalty(Math.Min(one, other), reporter)).Amount));

    [Fact]
    public void More_deaths_never_earn_less_and_the_cap_holds_after_the_uplift() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 60], Reporters).Sample((concealed, others, reporter) =>
        {
            var final = concealed + others;
            var amount = Calculate(Deaths(concealed, final, reporter)).Amount;
            amount.ShouldBeInRange(Rules.Floor, Rules.DeathCap);
            Calculate(Deaths(concealed, final + 1, reporter)).Amount.ShouldBeGreaterThanOrEqualTo(amount);
            Calculate(Deaths(concealed + 1, final + 1, reporter)).Amount.ShouldBeGreaterThanOrEqualTo(amount);
        });

    private static RewardCalculation Calculate(RewardBasis basis) => RewardScale.Calculate(basis, Rules);

    private static IEnumerable<string> Keys(RewardBasis basis) => Calculate(basis).Steps.Select(step => step.Key);

    private static RewardBasis Penalty(decimal penalty, ReporterKind reporter) => new(MatterKind.MajorHazard, reporter, penalty, null, null, null);

    private static RewardBasis Deaths(int concealed, int final, ReporterKind reporter) =>
        new(MatterKind.ConcealedAccident, reporter, null, concealed, final, null);
}
