using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Retention;

/// <summary>到期删除: decides that a report goes, because its years are over or because its key was destroyed before. Carried out next.</summary>
internal sealed record BuryReport(ReportId Report, ErasureReason Reason) : ICommand<Unit>, IConcernReport;

internal sealed class BuryReportHandler(ReportsDbContext db, DueReports due, EraseKeys eraseKeys, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<BuryReport, Unit>
{
    public async Task<Unit> Handle(BuryReport request, CancellationToken cancellationToken)
    {
        // Whoever writes meanwhile changes its version, and this is not saved.
        var report = await db.LoadAsync(request.Report, cancellationToken);
        var stillSo = request.Reason is ErasureReason.KeyDestroyed
            ? eraseKeys.Find(report.EraseKeyId) is null
            : await due.FindAsync(report.Id, cancellationToken) is { Hold: null };
        if (!stillSo)
            throw new RuleBrokenException("rule.NotDue");
        DateOnly? closedOn = report.ClosedAt is { } at ? profile.DayOf(at) : null;
        db.Tombstones.Add(report.Bury(request.Reason, closedOn, time.GetUtcNow()));
        return Unit.Value;
    }
}
