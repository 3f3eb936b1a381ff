using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>Loads rewards and funds for an act, their rows held until the transaction ends: first the claim, then the fund.</summary>
internal static class RewardLoading
{
    /// <exception cref="StaleException">Changed since the person saw it.</exception>
    public static async Task<RewardClaim> LoadAsync(this ReportsDbContext db, IActOnReward act, CancellationToken cancellationToken)
    {
        var claim = await db.LockedClaimAsync(act.Claim, cancellationToken);
        return claim.Version == act.Version ? claim : throw new StaleException();
    }

    public static async Task<RewardClaim> LockedClaimAsync(this ReportsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var locked = await db.RewardClaims.Where(c => c.Id == id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Step, x => x.Step), cancellationToken);
        return locked == 1 ? await db.RewardClaims.SingleAsync(c => c.Id == id, cancellationToken) : throw new NotFoundException();
    }

    public static async Task<RewardFund?> LockedFundAsync(this ReportsDbContext db, int year, CancellationToken cancellationToken)
    {
        var locked = await db.RewardFunds.Where(f => f.Year == year).ExecuteUpdateAsync(f => f.SetProperty(x => x.Version, x => x.Version), cancellationToken);
        return locked == 1 ? await db.RewardFunds.SingleAsync(f => f.Year == year, cancellationToken) : null;
    }

    /// <summary>The fund that the reward's approval committed.</summary>
    public static async Task<RewardFund> CommittedFundAsync(this ReportsDbContext db, RewardClaim claim, CancellationToken cancellationToken) =>
        await db.LockedFundAsync(claim.FundYear!.Value, cancellationToken)
        ?? throw new InvalidOperationException("The fund of an approved reward is gone.");
}
