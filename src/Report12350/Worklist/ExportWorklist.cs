using MediatR;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Worklist;

/// <summary>导出待办: the lines of one shelf as the person sees them, filtered and in their order; what the procedure knows in clear and no word of a report.</summary>
public sealed record ExportWorklist(ReadWorklist Asked) : IQuery<WorklistExport>, INeedRole, INeedStepUp
{
    public const int Most = 10_000;

    public IReadOnlyList<Role> Roles => Asked.Roles;
}

/// <param name="IsCut">There were more lines than are exported at once.</param>
public sealed record WorklistExport(Shelf Shelf, IReadOnlyList<WorklistRow> Rows, bool IsCut);

internal sealed class ExportWorklistHandler(ReportsDbContext db, CurrentStaff current, AuditTrail audit, TimeProvider time)
    : IRequestHandler<ExportWorklist, WorklistExport>
{
    public async Task<WorklistExport> Handle(ExportWorklist request, CancellationToken cancellationToken)
    {
        var person = current.Required();
        var shelves = WorklistShelves.Of(person);
        var shelf = request.Asked.Shelf is { } asked && shelves.Contains(asked) ? asked : shelves[0];
        var whole = request.Asked with { Shelf = shelf, After = null };
        var rows = await WorklistRows.ReadAsync(db, person, whole, ExportWorklist.Most + 1, time.GetUtcNow(), cancellationToken);
        await audit.NoteAsync(nameof(ExportWorklist), report: null, cancellationToken);
        return new WorklistExport(shelf, [.. rows.Take(ExportWorklist.Most)], rows.Count > ExportWorklist.Most);
    }
}
