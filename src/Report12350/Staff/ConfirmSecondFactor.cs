using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>再次验证: who is signed in proves the second factor anew, before what can't be taken back.</summary>
public sealed record ConfirmSecondFactor(string Code, PasskeyAnswer? Passkey = null) : IRequest<SignInOutcome>
{
    public override string ToString() => nameof(ConfirmSecondFactor);
}

internal sealed class ConfirmSecondFactorHandler(
    ReportsDbContext db, CurrentStaff current, SecondFactor factor, SignInPatience patience, SignInSecrets secrets, TimeProvider time)
    : IRequestHandler<ConfirmSecondFactor, SignInOutcome>
{
    public async Task<SignInOutcome> Handle(ConfirmSecondFactor request, CancellationToken cancellationToken)
    {
        if (current is not { Person: { } person, Key: { } key, SessionId: { } session })
            throw new NotPermittedException();
        var now = time.GetUtcNow();
        var lane = secrets.Lane(person.Id.ToString("N"), "confirm", now);
        if (await patience.TryAsync(lane, now, cancellationToken) is not null)
            return SignInOutcome.Waiting;
        var member = await db.Staff.AsNoTracking().SingleAsync(m => m.Id == person.Id, cancellationToken);
        var works = await factor.WorksAsync(member, key, request.Code, request.Passkey, now, cancellationToken);
        if (works)
        {
            await patience.ForgetAsync(lane, cancellationToken);
            await db.StaffSessions.Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.SecondFactorAt, now), cancellationToken);
            current.Confirmed(now);
        }

        db.Audit.Add(AuditTrail.Entry(nameof(ConfirmSecondFactor), current, report: null, now, refused: !works));
        await db.SaveChangesAsync(cancellationToken);
        return works ? SignInOutcome.SignedIn : SignInOutcome.Refused;
    }
}
