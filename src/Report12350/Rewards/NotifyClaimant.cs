using MediatR;
using Report12350.Data;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Rewards;

/// <summary>发出领奖通知: the reporter reads it on the tracking page, and the sixty days begin.</summary>
public sealed record NotifyClaimant(Guid Claim, int Version) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.Notify;
}

internal sealed class NotifyClaimantHandler(ReportsDbContext db, JurisdictionProfile profile, TimeProvider time) : IRequestHandler<NotifyClaimant, Unit>
{
    public async Task<Unit> Handle(NotifyClaimant request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        matter.RequireSubstantiated();
        var now = time.GetUtcNow();
        claim.Notify(profile.DeadlinesOn(matter.Own.FiledOn).DueAt(ClockKind.Claim, now), now);
        return Unit.Value;
    }
}
