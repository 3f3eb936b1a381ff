using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;

namespace Report12350.Tracking;

/// <summary>Reports merged into this one, directly or through another; their reporters follow it too.</summary>
public sealed record MergedReports(ReportId Into) : IQuery<IReadOnlyList<ReportId>>;

internal sealed class MergedReportsHandler(ReportsDbContext db) : IRequestHandler<MergedReports, IReadOnlyList<ReportId>>
{
    public async Task<IReadOnlyList<ReportId>> Handle(MergedReports request, CancellationToken cancellationToken)
    {
        var merged = new List<ReportId>();
        List<ReportId?> into = [request.Into];
        while (into.Count > 0)
        {
            var found = await db.Reports.Where(r => into.Contains(r.MergedInto)).Select(r => r.Id).ToListAsync(cancellationToken);
            merged.AddRange(found);
            into = [.. found.Select(id => (ReportId?)id)];
        }

        return merged;
    }
}
