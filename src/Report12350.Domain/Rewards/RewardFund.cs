namespace Report12350.Domain.Rewards;

/// <summary>奖励资金 of one year: allotted, committed by approvals, paid; never overdrawn.</summary>
public sealed class RewardFund
{
    private RewardFund()
    {
    }

    public RewardFund(int year, decimal allotted)
    {
        Year = year;
        Allotted = allotted;
    }

    public int Year { get; private set; }

    public int Version { get; private set; }

    public decimal Allotted { get; private set; }

    /// <summary>Approved and not yet paid.</summary>
    public decimal Committed { get; private set; }

    public decimal Paid { get; private set; }

    public decimal Free => Allotted - Committed - Paid;

    public void Allot(decimal amount)
    {
        if (amount < Committed + Paid)
            throw new RuleBrokenException("rule.FundBelowCommitted", Committed + Paid);
        Allotted = amount;
        Version++;
    }

    public void Commit(decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        if (amount > Free)
            throw new RuleBrokenException("rule.FundOverdrawn", Free);
        Committed += amount;
        Version++;
    }

    /// <summary>A forfeited reward's money is free again.</summary>
    public void Release(decimal amount)
    {
        RequireCommitted(amount);
        Committed -= amount;
        Version++;
    }

    public void Pay(decimal amount)
    {
        RequireCommitted(amount);
        Committed -= amount;
        Paid += amount;
        Version++;
    }

    private void RequireCommitted(decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Committed);
    }
}
