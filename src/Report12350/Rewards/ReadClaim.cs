using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Rewards;

/// <summary>What the claimant reads after number and code were right.</summary>
public sealed record ReadClaim(ClaimProof Proof) : IQuery<ClaimStanding>;

/// <param name="Amount">Once the committee approved it.</param>
/// <param name="AnonymousRefused">The county pays named reporters only.</param>
public sealed record ClaimStanding(string Number, RewardState State, decimal? Amount, DateOnly? LastDay, bool AtCounter, bool AnonymousRefused, IReadOnlyList<IneligibleReason> Reasons);

internal sealed class ReadClaimHandler(ReportsDbContext db, JurisdictionProfile profile) : IRequestHandler<ReadClaim, ClaimStanding>
{
    public async Task<ClaimStanding> Handle(ReadClaim request, CancellationToken cancellationToken)
    {
        var claim = await db.RewardClaims.AsNoTracking().FirstOrDefaultAsync(c => c.Id == request.Proof.Claim, cancellationToken) ?? throw new NotFoundException();
        var report = await db.Reports.Where(r => r.Id == claim.ReportId).Select(r => new { r.FiledOn, r.Anonymity }).SingleAsync(cancellationToken);
        var refused = report.Anonymity is Anonymity.Anonymous && profile.AnonymousPayout.On(report.FiledOn) is AnonymousPayout.Off;
        DateOnly? lastDay = claim.ClaimDueAt is { } due ? profile.DeadlinesOn(report.FiledOn).LastDay(due) : null;
        return new ClaimStanding(
            claim.Number, claim.State, claim.VoteClosedAt is null ? null : claim.Amount, lastDay, claim.SealedPayee is null, refused, claim.Reasons);
    }
}
