using MediatR;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Staff;

public enum SignInOutcome
{
    SignedIn,

    /// <summary>Name, password or code is wrong; which one is not said.</summary>
    Refused,

    /// <summary>Too many attempts; try again after a quarter of an hour.</summary>
    Locked,
}

public sealed record SignInResult(SignInOutcome Outcome, SessionPass? Pass = null);

/// <summary>登录: the password opens the staff key, the code proves the second factor; the key stays open for the session.</summary>
public sealed record SignIn(string Name, string Password, string Code) : IRequest<SignInResult>
{
    public override string ToString() => nameof(SignIn);
}

internal sealed class SignInHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<SignIn, SignInResult>
{
    private const int AttemptsBeforeLock = 10;
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);
    private static readonly byte[] NoSalt = new byte[16];

    public async Task<SignInResult> Handle(SignIn request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var name = request.Name.Trim().ToLowerInvariant();
        var member = await db.Staff.AsNoTracking().FirstOrDefaultAsync(m => m.SignInName == name && m.Active, cancellationToken);
        if (member is null)
        {
            Passphrase.DeriveKey(request.Password, NoSalt);
            return new SignInResult(SignInOutcome.Refused);
        }

        if (member.LockedUntil > now)
            return new SignInResult(SignInOutcome.Locked);
        var pair = StaffKeys.Open(member.Id, request.Password, member.KeySalt, member.SealedPrivateKey);
        if (pair is null || !await CodeWorksAsync(member, pair, request.Code, now, cancellationToken))
            return await RefuseAsync(member, now, cancellationToken);
        return await BeginSessionAsync(member, pair, now, cancellationToken);
    }

    /// <summary>A code works once: the time step must be later than the last one taken.</summary>
    private async Task<bool> CodeWorksAsync(StaffMember member, KeyPair pair, string code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var totp = new Totp(StaffKeys.OpenTotp(member.Id, pair, member.SealedTotpSecret));
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        return totp.VerifyTotp(now.UtcDateTime, digits, out var step, new VerificationWindow(1, 1))
            && await db.Staff.Where(m => m.Id == member.Id && m.LastTotpStep < step)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.LastTotpStep, step), cancellationToken) == 1;
    }

    private async Task<SignInResult> RefuseAsync(StaffMember member, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = db.Staff.Where(m => m.Id == member.Id);
        await own.ExecuteUpdateAsync(m => m.SetProperty(x => x.WrongAttempts, x => x.WrongAttempts + 1), cancellationToken);
        var locked = await own.Select(m => m.WrongAttempts).SingleAsync(cancellationToken) >= AttemptsBeforeLock;
        if (locked)
        {
            var until = now + LockTime;
            await own.ExecuteUpdateAsync(m => m.SetProperty(x => x.WrongAttempts, 0).SetProperty(x => x.LockedUntil, until), cancellationToken);
        }

        await NoteAsync("SignIn", member, now, refused: true, cancellationToken);
        return new SignInResult(locked ? SignInOutcome.Locked : SignInOutcome.Refused);
    }

    private async Task<SignInResult> BeginSessionAsync(StaffMember member, KeyPair pair, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var idle = now - ResumeSessionHandler.Idle;
        await db.StaffSessions.Where(s => s.SeenAt <= idle).ExecuteDeleteAsync(cancellationToken);
        var pass = SessionPass.New();
        db.StaffSessions.Add(new StaffSession
        {
            Id = pass.Id,
            StaffId = member.Id,
            SealedPrivateKey = StaffKeys.SealForSession(pass, pair),
            StartedAt = now,
            SeenAt = now,
        });
        await db.Staff.Where(m => m.Id == member.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.WrongAttempts, 0), cancellationToken);
        await NoteAsync("SignIn", member, now, refused: false, cancellationToken);
        return new SignInResult(SignInOutcome.SignedIn, pass);
    }

    private Task NoteAsync(string act, StaffMember member, DateTimeOffset now, bool refused, CancellationToken cancellationToken)
    {
        db.Audit.Add(new AuditEntry { At = now, Act = act, StaffId = member.Id, Department = member.Department, Refused = refused });
        return db.SaveChangesAsync(cancellationToken);
    }
}
