using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>重新评定, after the conclusion it rested on was overturned.</summary>
public sealed record ReopenReward(Guid Claim, int Version) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.Reopen;
}

internal sealed class ReopenRewardHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<ReopenReward, Unit>
{
    public async Task<Unit> Handle(ReopenReward request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        if (matter.Root.VerificationRound < 2)
            throw new RuleBrokenException("rule.ReopenNeedsOverturn");
        claim.Reopen(time.GetUtcNow());
        await db.MatterAwards.Where(a => a.ReportId == claim.ReportId).ExecuteDeleteAsync(cancellationToken);
        return Unit.Value;
    }
}
