using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Rewards;

/// <summary>What the reporter reads of the reward on the tracking page (奖励进度).</summary>
public sealed record ReadRewardProgress(OpenedReport Opened) : IQuery<RewardProgress>;

/// <param name="Amount">Once approved.</param>
/// <param name="LastDay">Last day to claim, once the notice was sent.</param>
/// <param name="AtCounter">Claimed, and to be collected at the counter.</param>
public sealed record RewardProgress(RewardState State, decimal? Amount, DateOnly? LastDay, DateOnly? PaidOn, bool AtCounter, IReadOnlyList<IneligibleReason> Reasons);

internal sealed class ReadRewardProgressHandler(ReportsDbContext db, JurisdictionProfile profile) : IRequestHandler<ReadRewardProgress, RewardProgress>
{
    public async Task<RewardProgress> Handle(ReadRewardProgress request, CancellationToken cancellationToken)
    {
        if (!request.Opened.ByReporter)
            throw new NotPermittedException();
        var claim = await db.RewardClaims.AsNoTracking().FirstOrDefaultAsync(c => c.ReportId == request.Opened.Id, cancellationToken) ?? throw new NotFoundException();
        var filedOn = await db.Reports.Where(r => r.Id == claim.ReportId).Select(r => r.FiledOn).SingleAsync(cancellationToken);
        var deadlines = profile.DeadlinesOn(filedOn);
        return new RewardProgress(
            claim.State,
            claim.VoteClosedAt is not null && claim.State is not RewardState.Rejected ? claim.Amount : null,
            claim.ClaimDueAt is { } due ? deadlines.LastDay(due) : null,
            claim.PaidAt is { } paid ? deadlines.LegalDay(paid) : null,
            claim is { State: RewardState.Claimed, SealedPayee: null },
            claim.Reasons);
    }
}
