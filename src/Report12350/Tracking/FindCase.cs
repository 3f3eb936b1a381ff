using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Tracking;

/// <summary>The report of this number, if the person signed in may read it.</summary>
public sealed record FindCase(string Number) : IQuery<ReportId?>;

internal sealed class FindCaseHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<FindCase, ReportId?>
{
    public async Task<ReportId?> Handle(FindCase request, CancellationToken cancellationToken) =>
        await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Number == request.Number, cancellationToken) is { } report
            && Permissions.MayRead(current.Required(), report, time.GetUtcNow()) ? report.Id : null;
}
