using MediatR;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Worklist;

/// <summary>One shelf of the worklist (待办分类).</summary>
public enum Shelf
{
    /// <summary>待我办理.</summary>
    Mine,

    /// <summary>本部门牵头.</summary>
    Department,

    /// <summary>本部门协办.</summary>
    Assisting,

    /// <summary>已超期.</summary>
    Overdue,

    /// <summary>全部.</summary>
    All,
}

/// <summary>Order of the worklist (排序).</summary>
public enum WorklistOrder
{
    /// <summary>按期限: what is due first comes first.</summary>
    Deadline,

    /// <summary>按登记时间: what came last comes first.</summary>
    Received,
}

/// <summary>今日待办: a page of the reports this person works on, what is due first comes first.</summary>
public sealed record ReadWorklist : IQuery<WorklistPage>, INeedRole
{
    public const int PageSize = 25;

    /// <summary>Null: the first shelf the person has.</summary>
    public Shelf? Shelf { get; init; }

    /// <summary>Null: whatever is open.</summary>
    public ReportState? State { get; init; }

    public string? Town { get; init; }

    public string? Sector { get; init; }

    public MatterKind? Kind { get; init; }

    /// <summary>Number, or how it begins.</summary>
    public string? Number { get; init; }

    public WorklistOrder Order { get; init; }

    /// <summary>Where the page before ended.</summary>
    public string? After { get; init; }

    /// <summary>Nothing narrows it and it is read from its beginning.</summary>
    internal bool IsWholeShelf => State is null && Kind is null && After is null && string.IsNullOrEmpty(Town + Sector + Number);

    public IReadOnlyList<Role> Roles => [Role.Dispatcher, Role.Officer, Role.DepartmentLead, Role.Supervisor];
}

/// <summary>A line of the worklist: what the procedure knows in clear, nothing anybody said.</summary>
public sealed record WorklistRow(
    string Number,
    ReportState State,
    MatterKind Kind,
    string Sector,
    string Town,
    string? Department,
    bool Urgent,
    SupervisionStep? Supervision,
    DateOnly FiledOn,
    ClockKind? Clock,
    DateTimeOffset? DueAt,
    long DueOrder,
    bool ReporterWroteLast)
{
    /// <summary>Days left; negative when overdue.</summary>
    public int? DaysLeft { get; init; }
}

/// <param name="Counts">Open reports on the shelves that are counted; <see cref="WorklistShelves.Many"/> when there are that many or more.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record WorklistPage(IReadOnlyList<Shelf> Shelves, Shelf Shelf, IReadOnlyList<WorklistRow> Rows, IReadOnlyDictionary<Shelf, int> Counts, string? Next);

internal sealed class ReadWorklistHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ReadWorklist, WorklistPage>
{
    public async Task<WorklistPage> Handle(ReadWorklist request, CancellationToken cancellationToken)
    {
        var person = current.Required();
        var now = time.GetUtcNow();
        var shelves = WorklistShelves.Of(person);
        var shelf = request.Shelf is { } asked && shelves.Contains(asked) ? asked : shelves[0];
        var ordered = await WorklistRows.ReadAsync(db, person, request with { Shelf = shelf }, ReadWorklist.PageSize + 1, now, cancellationToken);
        var page = ordered.Take(ReadWorklist.PageSize).Select(row => row with { DaysLeft = DaysLeft(row.DueAt, now) }).ToList();
        var next = ordered.Count > ReadWorklist.PageSize ? new WorklistMark(page[^1].DueOrder, page[^1].Number).ToString() : null;
        var seen = request.IsWholeShelf && next is null ? page.Count : (int?)null;
        return new WorklistPage(shelves, shelf, page, await CountsAsync(person, shelves, shelf, seen, now, cancellationToken), next);
    }

    /// <summary>A shelf that was just read whole is counted already.</summary>
    private async Task<Dictionary<Shelf, int>> CountsAsync(
        Person person, IReadOnlyList<Shelf> shelves, Shelf shown, int? seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<Shelf, int> counts = [];
        foreach (var shelf in shelves.Intersect(WorklistShelves.Counted))
            counts[shelf] = shelf == shown && seen is { } known ? known : await WorklistShelves.CountAsync(db, person, shelf, now, cancellationToken);
        return counts;
    }

    private int? DaysLeft(DateTimeOffset? dueAt, DateTimeOffset now) => profile.DeadlinesOn(profile.DayOf(now)).DaysLeft(dueAt, now);
}
