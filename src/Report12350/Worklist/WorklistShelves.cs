using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;

namespace Report12350.Worklist;

/// <summary>Which shelves a person has and which reports stand on each (谁看得到哪些件). Each source walks one index in the order of the deadlines.</summary>
internal static class WorklistShelves
{
    public static IReadOnlyList<Shelf> Of(Person person)
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

    public static IEnumerable<IQueryable<Report>> Sources(ReportsDbContext db, Person person, Shelf shelf, ReportState? state, DateTimeOffset now)
    {
        var all = db.Reports.AsQueryable();
        return shelf switch
        {
            Shelf.Mine => Mine(all, person).Select(source => state is { } s ? source.Where(r => r.State == s) : source),
            Shelf.Department => [InState(all.Where(r => r.LeadDepartment == person.Department), state)],
            Shelf.Assisting => [InState(Assisted(db, person), state)],
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
            yield return all.Where(r => r.Officer == id && r.IsOpen);
            yield return all.Where(r => r.LeadDepartment == department && r.IsOpen && r.State == ReportState.Referred);
            yield return all.Where(r => r.LeadDepartment == department && r.IsOpen && r.State == ReportState.Verifying && r.Officer == null);
            yield return all.Where(r => r.LeadDepartment == department && r.IsOpen && r.State == ReportState.InCloseOutReview && r.VerifiedBy != id);
        }

        if (person.Reexamines)
            yield return all.Where(r => r.State == ReportState.UnderReexamination);
    }

    /// <summary>A department assists where it holds a key and does not lead.</summary>
    private static IQueryable<Report> Assisted(ReportsDbContext db, Person person)
    {
        var (group, department) = (Groups.OfDepartment(person.Department), person.Department);
        return db.Reports.Where(r => r.LeadDepartment != department
            && db.ReportKeys.Any(k => k.ReportId == r.Id && k.GroupId == group && k.Purpose == KeyPurpose.Content));
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
        return source.Where(r => r.IsOpen && r.DueOrder <= second);
    }

    /// <summary>Open work, or one state: then whether it is open is known, and the index is used.</summary>
    private static IQueryable<Report> InState(IQueryable<Report> source, ReportState? state)
    {
        if (state is not { } wanted)
            return source.Where(r => r.IsOpen);
        var open = ReportWorkflow.Open.Contains(wanted);
        return source.Where(r => r.State == wanted && r.IsOpen == open);
    }
}
