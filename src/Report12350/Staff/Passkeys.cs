using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>What the browser asks the person's device, and what it carries along sealed until the answer.</summary>
/// <param name="Options">As the browser's own function takes them, in JSON.</param>
public sealed record PasskeyQuestion(string Options, string Kept);

/// <summary>The device's answer, with what the browser carried.</summary>
/// <param name="Credential">As the browser's own function gave it, in JSON.</param>
public sealed record PasskeyAnswer(string Credential, string? Kept)
{
    public override string ToString() => nameof(PasskeyAnswer);
}

/// <summary>A challenge of ours (质询), bound to the session it was made in, or to a browser in which nobody is signed in.</summary>
public sealed record PasskeyChallenge(Guid Id, string Use, Guid? Session, string State, DateTimeOffset Until)
{
    public override string ToString() => nameof(PasskeyChallenge);
}

/// <summary>The ceremony of passkeys (通行密钥): the framework checks the signature, we hand out challenges, each good for one answer.</summary>
internal sealed class Passkeys(ReportsDbContext db, CurrentStaff current, CookieSeal seal, SiteAddress address, TimeProvider time)
{
    private const string Add = "passkey to add";
    private const string Prove = "passkey to prove";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public async Task<PasskeyQuestion> AskToAddAsync(StaffMember member)
    {
        var owner = new PasskeyUserEntity { Id = PasskeyStore.HandleOf(member.Id), Name = member.SignInName, DisplayName = member.DisplayName };
        var asked = await Ceremony().MakeCreationOptionsAsync(owner, new DefaultHttpContext());
        return Ask(asked.CreationOptionsJson, asked.AttestationState, Add);
    }

    /// <summary>At the sign-in nobody is known yet, so nobody's passkeys are named.</summary>
    public async Task<PasskeyQuestion> AskToProveAsync(StaffMember? member)
    {
        var asked = await Ceremony().MakeRequestOptionsAsync(member, new DefaultHttpContext());
        return Ask(asked.RequestOptionsJson, asked.AssertionState, Prove);
    }

    /// <summary>The new passkey, not yet saved; null when the answer is none to a challenge of ours.</summary>
    public async Task<StaffPasskey?> AddedAsync(Guid staff, string name, PasskeyAnswer answer, CancellationToken cancellationToken)
    {
        if (await SpendAsync(answer, Add, cancellationToken) is not { } challenge)
            return null;
        var made = await Ceremony().PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = new DefaultHttpContext(), CredentialJson = answer.Credential, AttestationState = challenge.State });
        if (!made.Succeeded || made.UserEntity.Id != PasskeyStore.HandleOf(staff))
            return null;
        var now = time.GetUtcNow();
        return new StaffPasskey
        {
            Id = Guid.CreateVersion7(now),
            StaffId = staff,
            Name = name,
            CredentialId = made.Passkey.CredentialId,
            PublicKey = made.Passkey.PublicKey,
            Transports = [.. made.Passkey.Transports ?? []],
            BackupEligible = made.Passkey.IsBackupEligible,
            Counter = made.Passkey.SignCount,
            CreatedAt = now,
        };
    }

    public async Task<bool> WorksAsync(StaffMember member, PasskeyAnswer answer, CancellationToken cancellationToken)
    {
        if (address.Known is null || await SpendAsync(answer, Prove, cancellationToken) is not { } challenge)
            return false;
        var proven = await Ceremony().PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = new DefaultHttpContext(), CredentialJson = answer.Credential, AssertionState = challenge.State });
        return proven.Succeeded && proven.User.Id == member.Id && await CountedAsync(member, proven.Passkey, cancellationToken);
    }

    /// <summary>A counter that doesn't rise means that two devices hold the same key: the passkey ends, and the audit says so.</summary>
    private async Task<bool> CountedAsync(StaffMember member, UserPasskeyInfo used, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        long counter = used.SignCount;
        var own = db.StaffPasskeys.Where(k => k.StaffId == member.Id && k.CredentialId == used.CredentialId && k.SuspectAt == null);
        var counted = await own.Where(k => k.Counter < counter || (k.Counter == 0 && counter == 0))
            .ExecuteUpdateAsync(k => k.SetProperty(x => x.Counter, counter).SetProperty(x => x.UsedAt, now), cancellationToken) == 1;
        if (!counted)
            await own.ExecuteUpdateAsync(k => k.SetProperty(x => x.SuspectAt, now), cancellationToken);
        db.Audit.Add(new AuditEntry { At = now, Act = "UsePasskey", StaffId = member.Id, Department = member.Department, Refused = !counted });
        return counted;
    }

    private PasskeyQuestion Ask(string options, string? state, string use)
    {
        var challenge = new PasskeyChallenge(Guid.NewGuid(), use, current.SessionId, state ?? "", time.GetUtcNow() + Life);
        return new PasskeyQuestion(options, seal.Seal(challenge, use));
    }

    /// <summary>Of two answers to one challenge, the first to be noted counts.</summary>
    private async Task<PasskeyChallenge?> SpendAsync(PasskeyAnswer answer, string use, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!seal.TryOpen<PasskeyChallenge>(answer.Kept, use, out var challenge) || challenge.Until <= now || challenge.Session != current.SessionId)
            return null;
        await db.SpentChallenges.Where(c => c.Until <= now).ExecuteDeleteAsync(cancellationToken);
        if (await db.SpentChallenges.AnyAsync(c => c.Id == challenge.Id, cancellationToken))
            return null;
        var spent = db.SpentChallenges.Add(new SpentChallenge { Id = challenge.Id, Until = challenge.Until });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return challenge;
        }
        catch (DbUpdateException taken) when (taken.IsDuplicate())
        {
            return null;
        }
        finally
        {
            spent.State = EntityState.Detached;
        }
    }

    /// <summary>The address is the configured one, so the request handed over is an empty one: nothing is read of it.</summary>
    private PasskeyHandler<StaffMember> Ceremony()
    {
        var (site, origin) = (address.Known ?? throw new NotFoundException(), address.Origin);
        var people = new UserManager<StaffMember>(new PasskeyStore(db), null!, null!, null!, null!, null!, null!, null!, NullLogger<UserManager<StaffMember>>.Instance);
        return new PasskeyHandler<StaffMember>(people, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = site.Host,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == origin),
        }));
    }
}
