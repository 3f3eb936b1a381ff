using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>评定符合条件: only the matter's first accepted report, and only one.</summary>
public sealed record AssessReward(Guid Claim, int Version) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.Assess;
}

internal sealed class AssessRewardHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<AssessReward, Unit>
{
    public async Task<Unit> Handle(AssessReward request, CancellationToken cancellationToken)
    {
        var report = await db.RewardClaims.Where(c => c.Id == request.Claim).Select(c => c.ReportId).FirstOrDefaultAsync(cancellationToken);
        var matter = await (await RewardMatter.OfAsync(db, report, cancellationToken)).LockAsync(db, cancellationToken);
        var claim = await db.LoadAsync(request, cancellationToken);
        matter.RequireSubstantiated();
        if (!matter.OwnIsFirstAccepted || await db.MatterAwards.AnyAsync(a => a.MatterId == matter.Own.MatterId, cancellationToken))
            throw new RuleBrokenException("rule.NotFirstAccepted");
        if (claim.MatterId != matter.Own.MatterId)
            claim.JoinMatter(matter.Own.MatterId);
        claim.Assess(current.Required().Id, time.GetUtcNow());
        db.MatterAwards.Add(new MatterAward { MatterId = claim.MatterId, ReportId = claim.ReportId });
        await SaveAsync(cancellationToken);
        return Unit.Value;
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate())
        {
            throw new RuleBrokenException("rule.NotFirstAccepted");
        }
    }
}
