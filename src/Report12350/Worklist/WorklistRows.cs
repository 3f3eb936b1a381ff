using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;

namespace Report12350.Worklist;

/// <summary>Lines of one shelf in the order asked for (待办列表), for the page and for the export.</summary>
internal static class WorklistRows
{
    public static async Task<IReadOnlyList<WorklistRow>> ReadAsync(
        ReportsDbContext db, Person person, ReadWorklist request, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<WorklistRow> rows = [];
        foreach (var source in await WorklistShelves.SourcesAsync(db, person, request.Shelf!.Value, request.State, now, cancellationToken))
            rows.AddRange(await PartAsync(source, request, most, cancellationToken));
        var distinct = rows.DistinctBy(row => row.Number);
        return request.Order is WorklistOrder.Received
            ? [.. distinct.OrderByDescending(row => row.Number, StringComparer.Ordinal).Take(most)]
            : [.. distinct.OrderBy(row => row.DueOrder).ThenBy(row => row.Number, StringComparer.Ordinal).Take(most)];
    }

    private static Task<List<WorklistRow>> PartAsync(IQueryable<Report> source, ReadWorklist request, int most, CancellationToken cancellationToken)
    {
        var filtered = WorklistFilters.Apply(source, request);
        // Numbers are given in the order in which reports come in.
        var ordered = request.Order is WorklistOrder.Received
            ? filtered.OrderByDescending(r => r.Number)
            : filtered.OrderBy(r => r.DueOrder).ThenBy(r => r.Number);
        return ordered.Take(most)
            .Select(r => new WorklistRow(
                r.Number, r.State, r.Kind, r.Sector, r.Town, r.LeadDepartment, r.Urgent, r.Supervision, r.FiledOn, r.NextClock, r.NextDueAt, r.DueOrder,
                r.ReporterWroteAt != null && r.ReporterWroteAt == r.ChangedAt))
            .AsNoTracking()
            .ToListAsync(cancellationToken);
    }
}
