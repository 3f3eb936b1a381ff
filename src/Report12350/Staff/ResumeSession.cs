using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Staff;

/// <summary>Takes up a session from its cookie; after 30 idle minutes, or twelve hours, it has ended, and the key with it.</summary>
/// <param name="Seen">False where a page listens or reads itself again: nobody need be there, and the idle minutes run on.</param>
public sealed record ResumeSession(SessionPass Pass, bool Seen = true) : IRequest<bool>;

internal sealed class ResumeSessionHandler(ReportsDbContext db, LiveSessions sessions, CurrentStaff current, TimeProvider time) : IRequestHandler<ResumeSession, bool>
{
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(1);

    public async Task<bool> Handle(ResumeSession request, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(request.Pass.Id, cancellationToken) is not { Session: var session } live)
            return false;
        if (StaffKeys.OpenSession(request.Pass, session.SealedPrivateKey) is not { } key)
            return false;
        var now = time.GetUtcNow();
        if (request.Seen && session.SeenAt + Touch <= now)
            await db.StaffSessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), cancellationToken);
        current.SignIn(live.Person, live.DisplayName, session.Id, key, session.SecondFactorAt);
        return true;
    }
}
