using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Profiles;

namespace Report12350.Staff;

/// <summary>Takes up a session from its cookie; after 30 idle minutes, or twelve hours, it has ended, and the key with it.</summary>
public sealed record ResumeSession(SessionPass Pass) : IRequest<bool>;

internal sealed class ResumeSessionHandler(ReportsDbContext db, ConflictBlocks conflicts, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ResumeSession, bool>
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(1);

    public async Task<bool> Handle(ResumeSession request, CancellationToken cancellationToken)
    {
        var found = await db.StaffSessions.AsNoTracking().Where(s => s.Id == request.Pass.Id)
            .Join(db.Staff, s => s.StaffId, m => m.Id, (s, m) => new { Session = s, m.DisplayName, m.Department, m.Roles, m.Active })
            .FirstOrDefaultAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (found is not { Active: true } || found.Session.SeenAt + Idle <= now || found.Session.StartedAt + Longest <= now)
            return false;
        if (StaffKeys.OpenSession(request.Pass, found.Session.SealedPrivateKey) is not { } key)
            return false;
        if (found.Session.SeenAt + Touch <= now)
        {
            await db.StaffSessions.Where(s => s.Id == request.Pass.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), cancellationToken);
        }

        var person = new Person(found.Session.StaffId, found.Department, found.Roles, Reexamines: found.Department == profile.ReexaminationBody)
        {
            Conflicts = await conflicts.OfAsync(found.Session.StaffId, cancellationToken),
        };
        current.SignIn(person, found.DisplayName, request.Pass.Id, key, found.Session.SecondFactorAt);
        return true;
    }
}
