using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Identity;
using Report12350.Staff;

namespace Report12350.Conflicts;

/// <summary>Who is kept out of which matter (回避名单). Every session reads it anew; the access table decides by it.</summary>
public sealed class ConflictBlocks(ReportsDbContext db, ConflictMarks marks, CurrentStaff current, TimeProvider time)
{
    /// <summary>Roles that can meet a report or its reward.</summary>
    private static readonly Role[] Handling =
        [Role.Dispatcher, Role.Officer, Role.DepartmentLead, Role.Supervisor, Role.RewardOfficer, Role.CommitteeMember, Role.Cashier, Role.Custodian];

    public async Task<IReadOnlySet<Guid>> OfAsync(Guid staff, CancellationToken cancellationToken) => (await OfAsync([staff], cancellationToken))[staff].ToHashSet();

    /// <summary>The matters each of them is kept out of.</summary>
    internal async Task<ILookup<Guid, Guid>> OfAsync(IReadOnlyCollection<Guid> staff, CancellationToken cancellationToken)
    {
        var marked = staff.Distinct().Select(id => (Id: id, Mark: marks.Of(id))).ToList();
        var sought = marked.ConvertAll(m => m.Mark);
        var blocks = await db.ConflictBlocks.AsNoTracking().Where(b => sought.Contains(b.Person)).ToListAsync(cancellationToken);
        return blocks.ToLookup(b => marked.Find(m => m.Mark.AsSpan().SequenceEqual(b.Person)).Id, b => b.MatterId);
    }

    /// <summary>Those of them who are kept out of the matter.</summary>
    internal async Task<IReadOnlySet<Guid>> AmongAsync(Guid matter, IEnumerable<Guid> staff, CancellationToken cancellationToken)
    {
        var blocked = await db.ConflictBlocks.AsNoTracking().Where(b => b.MatterId == matter).Select(b => b.Person).ToListAsync(cancellationToken);
        return blocked.Count == 0 ? new HashSet<Guid>() : staff.Where(id => Holds(blocked, id)).ToHashSet();
    }

    /// <summary>People at work who could meet this matter, and whether they are kept out of it.</summary>
    internal async Task<IReadOnlyList<(StaffMember Member, bool Blocked)>> PeopleAsync(Guid matter, CancellationToken cancellationToken)
    {
        var people = (await db.Staff.AsNoTracking().Where(m => m.Active).ToListAsync(cancellationToken)).FindAll(m => m.Roles.Intersect(Handling).Any());
        var blocked = await AmongAsync(matter, people.Select(m => m.Id), cancellationToken);
        return [.. people.OrderBy(m => m.Department, StringComparer.Ordinal).ThenBy(m => m.DisplayName, StringComparer.Ordinal).Select(m => (m, blocked.Contains(m.Id)))];
    }

    /// <summary>Keeps a person out of the whole matter; what they verify elsewhere in it is free for another.</summary>
    internal async Task AddAsync(Report report, Guid staff, CancellationToken cancellationToken)
    {
        var (matter, mark) = (report.MatterId, marks.Of(staff));
        if (await db.ConflictBlocks.AnyAsync(b => b.MatterId == matter && b.Person == mark, cancellationToken))
            throw new RuleBrokenException("rule.BlockedAlready");
        await RequireDispatcherLeftAsync(matter, staff, cancellationToken);
        db.ConflictBlocks.Add(new ConflictBlock { MatterId = matter, Person = mark });
        await StandDownAsync(matter, [staff], except: report.Id, cancellationToken);
        await db.EndRevealsAsync(r => r.RequestedBy == staff && db.Reports.Any(x => x.Id == r.ReportId && x.MatterId == matter), cancellationToken);
        if (current.Person?.Id == staff)
            current.KeepOut(matter);
    }

    internal async Task LiftAsync(Guid matter, Guid staff, CancellationToken cancellationToken)
    {
        var mark = marks.Of(staff);
        if (await db.ConflictBlocks.Where(b => b.MatterId == matter && b.Person == mark).ExecuteDeleteAsync(cancellationToken) == 0)
            throw new RuleBrokenException("rule.NotBlocked");
    }

    /// <summary>并案: who was kept out of one matter is kept out of both.</summary>
    internal async Task MoveAsync(Guid former, Guid matter, CancellationToken cancellationToken)
    {
        var there = await db.ConflictBlocks.Where(b => b.MatterId == matter).Select(b => b.Person).ToListAsync(cancellationToken);
        var moving = await db.ConflictBlocks.Where(b => b.MatterId == former).ToListAsync(cancellationToken);
        db.ConflictBlocks.RemoveRange(moving);
        db.ConflictBlocks.AddRange(moving.Where(b => !there.Exists(mark => mark.AsSpan().SequenceEqual(b.Person)))
            .Select(b => new ConflictBlock { MatterId = matter, Person = b.Person }));
        var marked = moving.ConvertAll(b => b.Person);
        var officers = await db.Reports.Where(r => r.MatterId == matter && r.Officer != null).Select(r => r.Officer!.Value).ToListAsync(cancellationToken);
        await StandDownAsync(matter, [.. officers.Distinct().Where(id => Holds(marked, id))], except: null, cancellationToken);
    }

    /// <summary>At filing: people whom the reporter asks to keep out, found by their names, never see the report. Somebody must be left to dispatch it.</summary>
    internal async Task BlockNamedAsync(Report report, string? named, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(named))
            return;
        var people = await PeopleAsync(report.MatterId, cancellationToken);
        var meant = people.Where(p => p.Member.DisplayName.Length > 1 && named.Contains(p.Member.DisplayName, StringComparison.Ordinal)).Select(p => p.Member).ToList();
        if (people.Select(p => p.Member).Where(m => m.Roles.Contains(Role.Dispatcher)).All(meant.Contains))
            meant.RemoveAll(m => m.Roles.Contains(Role.Dispatcher));
        db.ConflictBlocks.AddRange(meant.Select(m => new ConflictBlock { MatterId = report.MatterId, Person = marks.Of(m.Id) }));
    }

    /// <summary>A department all of whose officers are kept out cannot be given the report.</summary>
    internal async Task RequireOfficerAsync(Guid matter, string department, CancellationToken cancellationToken)
    {
        var officers = (await PeopleAsync(matter, cancellationToken)).Where(p => p.Member.Department == department && p.Member.Roles.Contains(Role.Officer)).ToList();
        if (officers.Count > 0 && officers.TrueForAll(p => p.Blocked))
            throw new RuleBrokenException("rule.DepartmentInConflict");
    }

    private async Task RequireDispatcherLeftAsync(Guid matter, Guid leaving, CancellationToken cancellationToken)
    {
        var dispatchers = (await PeopleAsync(matter, cancellationToken)).Where(p => p.Member.Roles.Contains(Role.Dispatcher) && !p.Blocked).Select(p => p.Member.Id).ToList();
        if (dispatchers.Contains(leaving) && dispatchers.Count == 1)
            throw new RuleBrokenException("rule.NoDispatcherLeft");
    }

    private async Task StandDownAsync(Guid matter, IReadOnlyList<Guid> officers, ReportId? except, CancellationToken cancellationToken)
    {
        foreach (var other in await db.Reports.Where(r => r.MatterId == matter && r.Officer != null).ToListAsync(cancellationToken))
        {
            if (other.Id != except && officers.Contains(other.Officer!.Value))
                other.FollowBlock(other.Officer.Value, time.GetUtcNow());
        }
    }

    private bool Holds(List<byte[]> blocked, Guid staff)
    {
        var mark = marks.Of(staff);
        return blocked.Exists(other => other.AsSpan().SequenceEqual(mark));
    }
}
