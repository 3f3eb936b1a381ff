using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Tracking;

/// <summary>The report of this number, if the person signed in may read it; that one asked who may not is audited.</summary>
/// <param name="Noted">False where a page looks whether its report is still this person's: nobody asked.</param>
public sealed record FindCase(string Number, bool Noted = true) : IQuery<ReportId?>;

internal sealed class FindCaseHandler(ReportsDbContext db, CurrentStaff current, AuditTrail audit, TimeProvider time) : IRequestHandler<FindCase, ReportId?>
{
    public async Task<ReportId?> Handle(FindCase request, CancellationToken cancellationToken)
    {
        var report = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Number == request.Number, cancellationToken);
        if (report is null)
            return null;
        if (Permissions.MayRead(current.Required(), report, time.GetUtcNow()))
            return report.Id;
        if (request.Noted)
            await audit.RefuseAsync("OpenReport", report.Id, cancellationToken);
        return null;
    }
}
