using MediatR;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>发放, once; by none of those who accepted or verified the report. Where to pay is forgotten with it.</summary>
/// <param name="AtCounter">Who collects at the counter shows number and claim code there too.</param>
public sealed record PayReward(Guid Claim, int Version, ClaimProof? AtCounter = null) : ICommand<Unit>, IActOnReward, INeedStepUp
{
    public RewardAction Action => RewardAction.Pay;

    public override string ToString() => nameof(PayReward);
}

internal sealed class PayRewardHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<PayReward, Unit>
{
    public async Task<Unit> Handle(PayReward request, CancellationToken cancellationToken)
    {
        var claim = await db.LockedClaimAsync(request.Claim, cancellationToken);
        if (claim.State is RewardState.Paid)
            throw new RuleBrokenException("rule.PaidAlready");
        if (claim.Version != request.Version)
            throw new StaleException();
        if (claim is { State: RewardState.Claimed, SealedPayee: null } && request.AtCounter?.Claim != claim.Id)
            throw new RuleBrokenException("rule.CounterNeedsClaimCode");
        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        claim.Pay(current.Required().Id, matter.HandledBy, time.GetUtcNow());
        (await db.CommittedFundAsync(claim, cancellationToken)).Pay(claim.Amount!.Value);
        return Unit.Value;
    }
}
