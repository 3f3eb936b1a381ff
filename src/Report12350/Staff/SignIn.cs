using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Staff;

public enum SignInOutcome
{
    SignedIn,

    /// <summary>Name, password or code is wrong; which one is not said.</summary>
    Refused,

    /// <summary>Too many attempts from there; try again later.</summary>
    Waiting,
}

/// <param name="Until">When somebody who waits is heard again.</param>
public sealed record SignInResult(SignInOutcome Outcome, SessionPass? Pass = null, DateTimeOffset? Until = null, Guid? Staff = null);

/// <summary>A browser in which people have signed in before (已知浏览器): its own cookie says so, sealed.</summary>
public sealed record KnownBrowser(Guid Id, IReadOnlyList<Guid> Staff, DateTimeOffset Since);

/// <summary>登录: the password opens the staff key, the code or a passkey proves the second factor; the key stays open for the session.</summary>
/// <param name="Code">Of the authenticator, or a recovery code.</param>
/// <param name="Name">Not looked at when the house's identity provider has vouched for an account.</param>
/// <param name="Network">Where the attempt comes from, shortened; kept as a keyed fingerprint only.</param>
public sealed record SignIn(string Name, string Password, string Code, string Network = "", KnownBrowser? Browser = null, PasskeyAnswer? Passkey = null, ProvenAccount? Account = null) : IRequest<SignInResult>
{
    public override string ToString() => nameof(SignIn);
}

internal sealed class SignInHandler(ReportsDbContext db, CurrentStaff current, SecondFactor factor, SignInPatience patience, SignInSecrets secrets, TimeProvider time)
    : IRequestHandler<SignIn, SignInResult>
{
    public async Task<SignInResult> Handle(SignIn request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (typed, account) = (request.Name.Trim().ToLowerInvariant(), request.Account?.Account);
        var member = await db.Staff.AsNoTracking().FirstOrDefaultAsync(m => m.Active && (account == null ? m.SignInName == typed : m.Account == account), cancellationToken);
        var name = account is null ? typed : member?.SignInName ?? "";
        var known = request.Browser is { } browser && member is not null && browser.Staff.Contains(member.Id);
        var lane = secrets.Lane(name, known ? $"browser {request.Browser!.Id:N}" : $"network {request.Network}", now);
        if (await patience.TryAsync(lane, now, cancellationToken) is { } until)
            return new SignInResult(SignInOutcome.Waiting, Until: until);
        var codeLane = known ? lane : secrets.Lane(name, "code", now);
        if (await OpenedAsync(member, request, known, codeLane, now, cancellationToken) is { } pair)
        {
            await patience.ForgetAsync(lane, cancellationToken);
            await patience.ForgetAsync(codeLane, cancellationToken);
            if (await BeginSessionAsync(member!, pair, now, cancellationToken) is { } pass)
                return new SignInResult(SignInOutcome.SignedIn, pass, Staff: member!.Id);
        }

        await NoteAsync(member, now, refused: true, cancellationToken);
        return new SignInResult(SignInOutcome.Refused);
    }

    /// <summary>An unknown name costs the same work. Who has the password and guesses at codes is slowed down over all networks, and not told.</summary>
    private async Task<KeyPair?> OpenedAsync(StaffMember? member, SignIn request, bool known, byte[] codeLane, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (member is null)
        {
            StaffKeys.OpenNobody(request.Password);
            return null;
        }

        var pair = StaffKeys.Open(member.Id, request.Password, member.KeySalt, member.SealedPrivateKey);
        if (pair is null || (!known && await patience.TryAsync(codeLane, now, cancellationToken) is not null))
            return null;
        var proven = request.Account is { SecondFactor: true } || await factor.WorksAsync(member, pair, request.Code, request.Passkey, now, cancellationToken);
        return proven ? pair : null;
    }

    /// <summary>Null when the password was changed, or the person deactivated, since it was opened.</summary>
    private async Task<SessionPass?> BeginSessionAsync(StaffMember member, KeyPair pair, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (idle, begun) = (now - LiveSessions.Idle, now - LiveSessions.Longest);
        await db.StaffSessions.Where(s => s.SeenAt <= idle || s.StartedAt <= begun || s.Id == current.SessionId).ExecuteDeleteAsync(cancellationToken);
        await patience.SweepAsync(now, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Whoever changes it locks the same row, and ends the sessions there are by then.
        if (await db.Staff.Where(m => m.Id == member.Id && m.Active && m.KeySalt == member.KeySalt)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.Active, true), cancellationToken) == 0)
            return null;
        var pass = SessionPass.New();
        db.StaffSessions.Add(new StaffSession
        {
            Id = pass.Id,
            StaffId = member.Id,
            SealedPrivateKey = StaffKeys.SealForSession(pass, pair),
            StartedAt = now,
            SeenAt = now,
            SecondFactorAt = now,
        });
        await NoteAsync(member, now, refused: false, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return pass;
    }

    private Task NoteAsync(StaffMember? member, DateTimeOffset now, bool refused, CancellationToken cancellationToken)
    {
        db.Audit.Add(new AuditEntry { At = now, Act = nameof(SignIn), StaffId = member?.Id, Department = member?.Department, Refused = refused });
        return db.SaveChangesAsync(cancellationToken);
    }
}
