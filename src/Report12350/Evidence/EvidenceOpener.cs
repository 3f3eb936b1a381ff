using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Scanning;
using Report12350.Staff;

namespace Report12350.Evidence;

/// <summary>A file opened as it streams; the caller closes it.</summary>
/// <param name="Description">Of these bytes.</param>
public sealed record EvidenceContent(EvidenceDescription Description, Stream Content)
{
    public override string ToString() => nameof(EvidenceContent);
}

/// <summary>Opens one file of a report for staff (调阅材料): who may read the report may, nothing before it was scanned, its working copy rather than itself, and the audit has it before a byte is shown.</summary>
public sealed class EvidenceOpener(
    ReportsDbContext db, ReportOpener opener, EvidenceFiles files, EvidenceScans scans, EvidenceViews views, AuditTrail audit, CurrentStaff current, TimeProvider time)
{
    /// <summary>To look at it; a film asked for piece by piece is one look.</summary>
    internal Task<EvidenceContent> LookAsync(string act, Guid id, CancellationToken cancellationToken) =>
        OpenAsync(act, id, (report, role) => views.NoteOnceAsync(current, id, () => audit.NoteAsync(act, report, cancellationToken, role), cancellationToken), cancellationToken);

    /// <summary>To take it away; each time is noted.</summary>
    internal Task<EvidenceContent> TakeAsync(string act, Guid id, CancellationToken cancellationToken, bool asSent = false) =>
        OpenAsync(act, id, (report, role) => audit.NoteAsync(act, report, cancellationToken, role), cancellationToken, asSent);

    private async Task<EvidenceContent> OpenAsync(string act, Guid id, Func<ReportId, Role, Task> note, CancellationToken cancellationToken, bool asSent = false)
    {
        var file = await db.EvidenceFiles.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id && f.ReportId != null, cancellationToken)
            ?? throw new NotFoundException();
        var (opened, role) = await OpenReportAsync(file.ReportId!.Value, cancellationToken);
        var description = await RequireAsync(act, opened, file, asSent, cancellationToken);
        await note(opened.Id, role);
        return asSent ? await files.OpenSentAsync(opened, id, description, cancellationToken) : await files.OpenShownAsync(opened, id, description, cancellationToken);
    }

    /// <summary>A refusal is audited as the opening of the report that it would have been.</summary>
    private async Task<(OpenedReport Opened, Role Role)> OpenReportAsync(ReportId id, CancellationToken cancellationToken)
    {
        var report = await db.Reports.AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken);
        if (Permissions.ReadingRole(current.Required(), report, time.GetUtcNow()) is { } role)
            return (await opener.ForActAsync(id, cancellationToken), role);
        await opener.ForStaffAsync(report, cancellationToken);
        throw new NotPermittedException();
    }

    private async Task<EvidenceDescription> RequireAsync(string act, OpenedReport opened, EvidenceFile file, bool asSent, CancellationToken cancellationToken)
    {
        try
        {
            var description = await scans.RequireAsync(opened, file, cancellationToken);
            if (asSent && !description.ShownAsSent)
                throw new RuleBrokenException("rule.OriginalStays");
            return description;
        }
        catch (RuleBrokenException)
        {
            await audit.RefuseAsync(act, opened.Id, cancellationToken);
            throw;
        }
    }
}
