using Microsoft.EntityFrameworkCore;
using Report12350.Conflicts;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Profiles;

namespace Report12350.Staff;

/// <summary>A session that goes on, and what its person may do now.</summary>
internal sealed record LiveSession(StaffSession Session, string DisplayName, Person Person);

/// <summary>Sessions that go on (有效登录): not ended by anybody, of people at work, not idle for 30 minutes, not older than twelve hours. Asking keeps none alive.</summary>
public sealed class LiveSessions(ReportsDbContext db, ConflictBlocks conflicts, JurisdictionProfile profile, TimeProvider time)
{
    internal static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    internal async Task<LiveSession?> FindAsync(Guid session, CancellationToken cancellationToken) => (await AmongAsync([session], cancellationToken)).SingleOrDefault();

    /// <summary>Those of them that go on.</summary>
    internal async Task<IReadOnlyList<LiveSession>> AmongAsync(IReadOnlyCollection<Guid> sessions, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (idle, begun) = (now - Idle, now - Longest);
        var found = await db.StaffSessions.AsNoTracking().Where(s => sessions.Contains(s.Id) && s.SeenAt > idle && s.StartedAt > begun)
            .Join(db.Staff.Where(m => m.Active), s => s.StaffId, m => m.Id, (s, m) => new { Session = s, m.DisplayName, m.Department, m.Roles })
            .ToListAsync(cancellationToken);
        var keptOut = await conflicts.OfAsync(found.ConvertAll(f => f.Session.StaffId), cancellationToken);
        return found.ConvertAll(f => new LiveSession(f.Session, f.DisplayName,
            new Person(f.Session.StaffId, f.Department, f.Roles, Reexamines: f.Department == profile.ReexaminationBody) { Conflicts = keptOut[f.Session.StaffId].ToHashSet() }));
    }
}
