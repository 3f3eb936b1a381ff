using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Evidence;
using Report12350.Messaging;

namespace Report12350.Retention;

/// <summary>销毁: of a report that was decided on, first the key, then everything that was said, shown and written. Killed half-way, it is done again.</summary>
internal sealed record EraseReport(ReportId Report) : ICommand<Unit>, IConcernReport;

internal sealed class EraseReportHandler(ReportsDbContext db, EraseKeys eraseKeys, EvidenceFiles evidence, TimeProvider time) : IRequestHandler<EraseReport, Unit>
{
    public async Task<Unit> Handle(EraseReport request, CancellationToken cancellationToken)
    {
        var tombstone = await db.Tombstones.FirstOrDefaultAsync(t => t.ReportId == request.Report && t.ErasedAt == null, cancellationToken)
            ?? throw new NotFoundException();
        eraseKeys.Destroy(tombstone.EraseKeyId);
        await ForgetRewardAsync(request.Report, cancellationToken);
        await ForgetConflictsAsync(request.Report, cancellationToken);
        var files = await db.EvidenceFiles.Where(f => f.ReportId == request.Report).StoredIdsAsync(cancellationToken);
        await db.EvidenceFiles.Where(f => f.ReportId == request.Report).ExecuteDeleteAsync(cancellationToken);
        files.AddRange(await db.EvidenceUploads.Where(u => u.ReportId == request.Report && !u.IsWhole).Select(u => u.Id).ToListAsync(cancellationToken));
        await db.EvidenceUploads.Where(u => u.ReportId == request.Report).ExecuteDeleteAsync(cancellationToken);
        await db.ReportKeys.Where(k => k.ReportId == request.Report).ExecuteDeleteAsync(cancellationToken);
        await db.RevealRequests.Where(r => r.ReportId == request.Report).ExecuteDeleteAsync(cancellationToken);
        await db.ErasureRequests.Where(r => r.ReportId == request.Report).ExecuteDeleteAsync(cancellationToken);
        // Its clocks, timeline, records and items go with the row.
        await db.Reports.Where(r => r.Id == request.Report).ExecuteDeleteAsync(cancellationToken);
        tombstone.Carried(time.GetUtcNow());
        foreach (var file in files)
            await evidence.DeleteAsync(file, cancellationToken);
        return Unit.Value;
    }

    private async Task ForgetRewardAsync(ReportId report, CancellationToken cancellationToken)
    {
        if (await db.RewardClaims.FirstOrDefaultAsync(c => c.ReportId == report, cancellationToken) is not { } claim)
            return;
        claim.Forget();
        if (claim.State is not RewardState.Paid)
            db.RewardClaims.Remove(claim);
    }

    /// <summary>Who was kept out of the matter, once nothing of it is left.</summary>
    private async Task ForgetConflictsAsync(ReportId report, CancellationToken cancellationToken)
    {
        var matter = await db.Reports.Where(r => r.Id == report).Select(r => (Guid?)r.MatterId).FirstOrDefaultAsync(cancellationToken);
        if (matter is { } known && !await db.Reports.AnyAsync(r => r.MatterId == known && r.Id != report, cancellationToken))
            await db.ConflictBlocks.Where(b => b.MatterId == known).ExecuteDeleteAsync(cancellationToken);
    }
}
