using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Staff;

namespace Report12350.Audit;

/// <summary>Makes audit entries; commands get theirs from the pipeline, reads of content ask here.</summary>
public sealed class AuditTrail(ReportsDbContext db, CurrentStaff current, TimeProvider time)
{
    /// <summary>Notes a read before it is shown, with the role that entitles the person to it.</summary>
    public async Task NoteAsync(string act, ReportId? report, CancellationToken cancellationToken, Role? role = null)
    {
        db.Audit.Add(Entry(act, current, report, time.GetUtcNow(), role: role));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Notes that somebody was refused; what they had begun is dropped first.</summary>
    public async Task RefuseAsync(string act, ReportId? report, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        db.Audit.Add(Entry(act, current, report, time.GetUtcNow(), refused: true));
        await db.SaveChangesAsync(cancellationToken);
    }

    internal static AuditEntry Entry(string act, CurrentStaff current, ReportId? report, DateTimeOffset at, bool refused = false, Role? role = null) => new()
    {
        At = at,
        Act = act,
        StaffId = current.Person?.Id,
        Role = role ?? current.Actor?.Role,
        Department = current.Person?.Department,
        ReportId = report,
        Refused = refused,
    };
}
