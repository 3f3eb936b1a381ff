using MediatR;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>评定不符合条件, each with a stated reason of the closed list.</summary>
public sealed record RuleOutReward(Guid Claim, int Version, IReadOnlyList<IneligibleReason> Reasons) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.RuleOut;
}

internal sealed class RuleOutRewardHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<RuleOutReward, Unit>
{
    public async Task<Unit> Handle(RuleOutReward request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        claim.RuleOut(current.Required().Id, request.Reasons, time.GetUtcNow());
        return Unit.Value;
    }
}
