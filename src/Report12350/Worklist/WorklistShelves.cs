using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;

namespace Report12350.Worklist;

/// <summary>Which shelves a person has and which reports stand on each (谁看得到哪些件). Each source walks one index in the order of the deadlines.</summary>
public static class WorklistShelves
{
    /// <summary>Counting stops here: beyond it nobody needs the number, and a count costs no more than this many index entries.</summary>
    public const int Many = 100;

    /// <summary>Shelves whose reports are counted beside their names.</summary>
    internal static readonly IReadOnlyList<Shelf> Counted = [Shelf.Mine, Shelf.Department, Shelf.Overdue];

    private const int FewKeys = 2000;

    internal static IReadOnlyList<Shelf> Of(Person person)
    {
        var dispatches = person.Roles.Contains(Role.Dispatcher);
        var supervises = person.Roles.Contains(Role.Supervisor);
        var inDepartment = person.Roles.Contains(Role.Officer) || person.Roles.Contains(Role.DepartmentLead);
        List<Shelf> shelves = [];
        if (dispatches || person.Roles.Contains(Role.Officer) || (inDepartment && person.Reexamines))
            shelves.Add(Shelf.Mine);
        if (inDepartment)
            shelves.AddRange([Shelf.Department, Shelf.Assisting]);
        shelves.Add(Shelf.Overdue);
        if (dispatches || supervises)
            shelves.Add(Shelf.All);
        return shelves;
    }

    /// <summary>How many reports stand on a shelf, each once; no further than <see cref="Many"/>.</summary>
    internal static async Task<int> CountAsync(ReportsDbContext db, Person person, Shelf shelf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (var source in await SourcesAsync(db, person, shelf, state: null, now, cancellationToken))
        {
            found.UnionWith(await source.OrderBy(r => r.DueOrder).ThenBy(r => r.Number).Select(r => r.Number).Take(Many).ToListAsync(cancellationToken));
            if (found.Count >= Many)
                return Many;
        }

        return found.Count;
    }

    internal static async Task<IEnumerable<IQueryable<Report>>> SourcesAsync(
        ReportsDbContext db, Person person, Shelf shelf, ReportState? state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Guid> conflicts = [.. person.Conflicts];
        var all = conflicts.Count == 0 ? db.Reports : db.Reports.Where(r => !EF.Parameter(conflicts).Contains(r.MatterId));
        return shelf switch
        {
            Shelf.Mine => Mine(all, person).Select(source => state is { } s ? source.Where(r => r.State == s) : source),
            Shelf.Department => [InState(all.Where(r => r.LeadDepartment == person.Department), state)],
            Shelf.Assisting => [await AssistedAsync(db, all, person, state, cancellationToken)],
            Shelf.Overdue => Overdue(all, person, now).Select(source => InState(source, state)),
            _ when person.Roles.Contains(Role.Dispatcher) => [InState(all, state)],
            _ => [InState(Late(all, now), state), InState(all.Where(r => r.Supervision != null), state)],
        };
    }

    /// <summary>What waits for this person: each state a dispatcher decides, what an officer verifies, what the department has yet to take on or review.</summary>
    private static IEnumerable<IQueryable<Report>> Mine(IQueryable<Report> all, Person person)
    {
        var (id, department) = (person.Id, person.Department);
        if (person.Roles.Contains(Role.Dispatcher))
        {
            yield return all.Where(r => r.State == ReportState.Received);
            yield return all.Where(r => r.State == ReportState.Accepted);
            yield return all.Where(r => r.State == ReportState.Contested);
            yield return all.Where(r => r.State == ReportState.Concluded && r.Finding == Finding.Inconclusive);
        }

        if (person.Roles.Contains(Role.Officer))
        {
            yield return Open(all.Where(r => r.Officer == id));
            yield return Open(all.Where(r => r.LeadDepartment == department && (r.State == ReportState.Referred
                || (r.State == ReportState.Verifying && r.Officer == null)
                || (r.State == ReportState.InCloseOutReview && r.VerifiedBy != id))));
        }

        if (person.Reexamines)
            yield return all.Where(r => r.State == ReportState.UnderReexamination);
    }

    /// <summary>A department assists where it holds a key and does not lead. One with few keys is asked for by key (a bare IsOpen leaves the deadline's index alone), one with many by deadline.</summary>
    private static async Task<IQueryable<Report>> AssistedAsync(
        ReportsDbContext db, IQueryable<Report> all, Person person, ReportState? state, CancellationToken cancellationToken)
    {
        var (group, department) = (Groups.OfDepartment(person.Department), person.Department);
        var keys = db.ReportKeys.Where(k => k.GroupId == group && k.Purpose == KeyPurpose.Content);
        var others = all.Where(r => r.LeadDepartment != department);
        var few = await keys.Select(k => k.ReportId).Take(FewKeys + 1).ToListAsync(cancellationToken);
        if (few.Count > FewKeys)
            return InState(others.Where(r => keys.Any(k => k.ReportId == r.Id)), state);
        var found = others.Where(r => EF.Parameter(few).Contains(r.Id));
        return state is null ? found.Where(r => r.IsOpen) : InState(found, state);
    }

    private static IEnumerable<IQueryable<Report>> Overdue(IQueryable<Report> all, Person person, DateTimeOffset now)
    {
        if (person.Roles.Contains(Role.Dispatcher) || person.Roles.Contains(Role.Supervisor))
            return [Late(all, now)];
        return [Late(all.Where(r => r.LeadDepartment == person.Department), now)];
    }

    private static IQueryable<Report> Late(IQueryable<Report> source, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        return Open(source.Where(r => r.DueOrder <= second));
    }

    /// <summary>Compared with a parameter: a bare truth value would keep SQLite from the index.</summary>
    private static IQueryable<Report> Open(IQueryable<Report> source, bool open = true) => source.Where(r => r.IsOpen == open);

    /// <summary>Open work, or one state: then whether it is open is known, and the index is used.</summary>
    private static IQueryable<Report> InState(IQueryable<Report> source, ReportState? state)
    {
        if (state is not { } wanted)
            return Open(source);
        return Open(source.Where(r => r.State == wanted), ReportWorkflow.Open.Contains(wanted));
    }
}
