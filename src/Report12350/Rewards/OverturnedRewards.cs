using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;

namespace Report12350.Rewards;

/// <summary>复查撤销结论后的奖励: what was assessed, proposed, put to the vote or approved on that conclusion starts over, and its money is free again.</summary>
public sealed class OverturnedRewards(ReportsDbContext db, TimeProvider time)
{
    internal async Task StartOverAsync(Report report, CancellationToken cancellationToken)
    {
        // The report's row first, then the rewards', then the fund's: the order in which everybody holds them.
        await db.SaveChangesAsync(cancellationToken);
        var matter = report.MatterId;
        var claims = await db.RewardClaims.AsNoTracking()
            .Where(c => db.Reports.Any(r => r.Id == c.ReportId && r.MatterId == matter)).Select(c => c.Id).Order().ToListAsync(cancellationToken);
        foreach (var id in claims)
            await StartOverAsync(await db.LockedClaimAsync(id, cancellationToken), cancellationToken);
    }

    private async Task StartOverAsync(RewardClaim claim, CancellationToken cancellationToken)
    {
        if (!RewardWorkflow.StartedOver.Contains(claim.State))
            return;
        if (claim.State is RewardState.Approved)
            (await db.CommittedFundAsync(claim, cancellationToken)).Release(claim.Amount!.Value);
        claim.StartOver(time.GetUtcNow());
        await db.MatterAwards.Where(a => a.ReportId == claim.ReportId).ExecuteDeleteAsync(cancellationToken);
    }
}
