using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Duplicates;

/// <summary>疑似重复: reports that seem to be about the same matter or unit as this one, found without opening any; only those this person may read.</summary>
public sealed record FindDuplicates(ReportId Report) : IQuery<FoundDuplicates>, INeedRole, IConcernReport
{
    public const int Most = 10;

    public IReadOnlyList<Role> Roles => [Role.Dispatcher];
}

/// <param name="Broken">Reports whose fingerprint no longer opens: it was altered, or the key ring is another.</param>
public sealed record FoundDuplicates(IReadOnlyList<Duplicate> Found, IReadOnlyList<string> Broken);

/// <summary>A report that may be about the same (疑似重复件): what is in clear, and how much it seems so.</summary>
public sealed record Duplicate(string Number, ReportState State, string Sector, string Town, DateOnly FiledOn, bool SameUnit, int Score)
{
    public bool ProbablySame => Score >= Like.Same;
}

internal sealed class FindDuplicatesHandler(ReportsDbContext db, OpenFingerprints open, CurrentStaff current, AuditTrail audit, TimeProvider time)
    : IRequestHandler<FindDuplicates, FoundDuplicates>
{
    /// <summary>More than are shown, since some may be out of this person's reach or of the same matter already.</summary>
    private const int Considered = 5 * FindDuplicates.Most;

    public async Task<FoundDuplicates> Handle(FindDuplicates request, CancellationToken cancellationToken)
    {
        var person = current.Required();
        var report = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == request.Report, cancellationToken) ?? throw new NotFoundException();
        if (!Permissions.MayRead(person, report, time.GetUtcNow()))
        {
            await audit.RefuseAsync(nameof(FindDuplicates), report.Id, cancellationToken);
            throw new NotPermittedException();
        }

        var (alike, broken) = await open.LikeAsync(db, report.Id, Considered, cancellationToken);
        var others = await WithinReachAsync(person, [.. alike.Select(like => like.Report)], cancellationToken);
        return new FoundDuplicates(
            [.. alike.Where(like => others.ContainsKey(like.Report)).Select(like => Shown(others[like.Report], like))
                .Where(d => d.Matter != report.MatterId).Select(d => d.Duplicate).Take(FindDuplicates.Most)],
            broken);
    }

    private static (Guid Matter, Duplicate Duplicate) Shown(Report other, Like like) =>
        (other.MatterId, new Duplicate(other.Number, other.State, other.Sector, other.Town, other.FiledOn, like.SameUnit, like.Score));

    /// <summary>Those the access table admits this person to and for which they hold a key.</summary>
    private async Task<Dictionary<ReportId, Report>> WithinReachAsync(Person person, List<ReportId> ids, CancellationToken cancellationToken)
    {
        var held = await db.Reports.AsNoTracking()
            .Where(r => ids.Contains(r.Id) && db.ReportKeys.Any(k => k.ReportId == r.Id && k.Purpose == KeyPurpose.Content
                && db.GroupMembers.Any(m => m.StaffId == person.Id && m.GroupId == k.GroupId && m.Generation == k.Generation)))
            .ToListAsync(cancellationToken);
        return held.Where(r => Permissions.MayRead(person, r, time.GetUtcNow())).ToDictionary(r => r.Id);
    }
}
