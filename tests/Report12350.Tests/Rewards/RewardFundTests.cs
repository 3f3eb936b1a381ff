using CsCheck;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Tests.Reports;

namespace Report12350.Tests.Rewards;

/// <summary>The year's fund: whatever happens, what is committed and paid stays within what was allotted.</summary>
public sealed class RewardFundTests
{
    [Fact]
    public void A_fund_commits_to_its_last_fen_and_no_further()
    {
        var fund = new RewardFund(2026, 10_000m);
        fund.Commit(9_999.99m);

        new Action(() => fund.Commit(0.02m)).ShouldBreak("rule.FundOverdrawn").Values.ShouldBe([0.01m]);
        fund.Commit(0.01m);
        fund.Free.ShouldBe(0);
    }

    [Fact]
    public void A_payment_moves_what_was_committed()
    {
        var fund = new RewardFund(2026, 10_000m);
        fund.Commit(3_000m);

        fund.Pay(3_000m);

        (fund.Committed, fund.Paid, fund.Free).ShouldBe((0, 3_000m, 7_000m));
    }

    [Fact]
    public void A_forfeited_reward_is_free_again()
    {
        var fund = new RewardFund(2026, 3_000m);
        fund.Commit(3_000m);

        fund.Release(3_000m);

        fund.Free.ShouldBe(3_000m);
    }

    [Fact]
    public void An_allotment_is_not_cut_below_what_is_bound()
    {
        var fund = new RewardFund(2026, 10_000m);
        fund.Commit(3_000m);
        fund.Commit(2_000m);
        fund.Pay(2_000m);

        new Action(() => fund.Allot(4_999.99m)).ShouldBreak("rule.FundBelowCommitted").Values.ShouldBe([5_000m]);
        fund.Allot(5_000m);
        fund.Free.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public void What_was_not_committed_is_neither_paid_nor_released(int amount)
    {
        var fund = new RewardFund(2026, 10_000m);
        fund.Commit(100m);

        Should.Throw<ArgumentOutOfRangeException>(() => fund.Pay(amount));
        Should.Throw<ArgumentOutOfRangeException>(() => fund.Release(amount));
        (fund.Committed, fund.Paid).ShouldBe((100m, 0));
    }

    [Fact]
    public void No_order_of_acts_overdraws_a_fund() =>
        Gen.Select(Gen.Int[0, 3], Gen.Decimal[-10m, 400m]).Array[1, 100].Sample(
            acts =>
            {
                var fund = new RewardFund(2026, 1_000m);
                foreach (var (act, amount) in acts)
                {
                    Try(fund, act, amount);
                    (fund.Free >= 0 && fund.Committed >= 0 && fund.Paid >= 0).ShouldBeTrue();
                }
            },
            iter: 1000);

    private static void Try(RewardFund fund, int act, decimal amount)
    {
        try
        {
            Action<decimal> money = act switch { 0 => fund.Commit, 1 => fund.Pay, 2 => fund.Release, _ => fund.Allot };
            money(amount);
        }
        catch (Exception refusal) when (refusal is RuleBrokenException or ArgumentOutOfRangeException)
        {
            (fund.Free >= 0).ShouldBeTrue();
        }
    }
}
