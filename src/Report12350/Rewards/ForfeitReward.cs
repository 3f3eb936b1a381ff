using MediatR;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>视为放弃: the days to claim have passed; the money is free again.</summary>
public sealed record ForfeitReward(Guid Claim, int Version) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.Forfeit;
}

internal sealed class ForfeitRewardHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<ForfeitReward, Unit>
{
    public async Task<Unit> Handle(ForfeitReward request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        await claim.ForfeitAsync(db, time.GetUtcNow(), cancellationToken);
        return Unit.Value;
    }
}

/// <summary>The same act by the clock.</summary>
internal sealed record ForfeitOverdueClaim(Guid Claim) : ICommand<Unit>;

internal sealed class ForfeitOverdueClaimHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<ForfeitOverdueClaim, Unit>
{
    public async Task<Unit> Handle(ForfeitOverdueClaim request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claim = await db.LockedClaimAsync(request.Claim, cancellationToken);
        await claim.ForfeitAsync(db, now, cancellationToken);
        db.Audit.Add(AuditTrail.Entry(nameof(ForfeitReward), current, claim.ReportId, now));
        return Unit.Value;
    }
}

internal static class Forfeiture
{
    public static async Task ForfeitAsync(this RewardClaim claim, ReportsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        claim.Forfeit(now);
        (await db.CommittedFundAsync(claim, cancellationToken)).Release(claim.Amount!.Value);
    }
}
