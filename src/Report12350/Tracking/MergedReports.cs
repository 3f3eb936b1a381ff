using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;

namespace Report12350.Tracking;

/// <summary>Reports merged into this one; their reporters follow it too.</summary>
public sealed record MergedReports(ReportId Into) : IQuery<IReadOnlyList<ReportId>>;

internal sealed class MergedReportsHandler(ReportsDbContext db) : IRequestHandler<MergedReports, IReadOnlyList<ReportId>>
{
    public async Task<IReadOnlyList<ReportId>> Handle(MergedReports request, CancellationToken cancellationToken) =>
        await db.Reports.Where(r => r.MergedInto == request.Into).Select(r => r.Id).ToListAsync(cancellationToken);
}
