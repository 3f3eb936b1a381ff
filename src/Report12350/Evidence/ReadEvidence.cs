using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Scanning;
using Report12350.Staff;

namespace Report12350.Evidence;

/// <summary>Opens one file of a report for staff; noted in the audit before a byte is shown.</summary>
public sealed record ReadEvidence(Guid File) : IQuery<EvidenceContent>;

/// <summary>A file opened as it streams; the caller closes it.</summary>
public sealed record EvidenceContent(EvidenceDescription Description, Stream Content);

internal sealed class ReadEvidenceHandler(
    ReportsDbContext db, ReportOpener opener, EvidenceFiles files, EvidenceScans scans, AuditTrail audit, CurrentStaff current, TimeProvider time)
    : IRequestHandler<ReadEvidence, EvidenceContent>
{
    public async Task<EvidenceContent> Handle(ReadEvidence request, CancellationToken cancellationToken)
    {
        var file = await db.EvidenceFiles.AsNoTracking().FirstOrDefaultAsync(f => f.Id == request.File && f.ReportId != null, cancellationToken)
            ?? throw new NotFoundException();
        var report = await db.Reports.AsNoTracking().SingleAsync(r => r.Id == file.ReportId, cancellationToken);
        var opened = await OpenAsync(report, cancellationToken);
        var description = await scans.RequireAsync(opened, file, cancellationToken);
        return new EvidenceContent(description, await files.OpenReadAsync(file.Id, opened.FileKey(file.Id), description.Length, cancellationToken));
    }

    /// <summary>A refusal is audited as the opening of the report that it would have been.</summary>
    private async Task<OpenedReport> OpenAsync(Report report, CancellationToken cancellationToken)
    {
        if (Permissions.ReadingRole(current.Required(), report, time.GetUtcNow()) is not { } role)
            return await opener.ForStaffAsync(report, cancellationToken);
        var opened = await opener.ForActAsync(report.Id, cancellationToken);
        await audit.NoteAsync(nameof(ReadEvidence), report.Id, cancellationToken, role);
        return opened;
    }
}
