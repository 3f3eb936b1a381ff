using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Profiles;

namespace Report12350.Staff;

/// <summary>What the first start prints for paper: the recovery key, and the first administrator's invitation. There is no default password.</summary>
/// <param name="RecoveryKey">Empty when only the invitation had run out.</param>
public sealed record InstallationNotes(string RecoveryKey, string AdministratorCode);

/// <summary>Which key ring this database was made with (密钥环标记), and where the audit's part under it begins; one row.</summary>
public sealed class KeyRingMark
{
    public required byte[] Mark { get; init; }

    /// <summary>Last audit entry under a ring that was lost; 0 where none was.</summary>
    public long AuditFrom { get; init; }

    /// <summary>That entry's seal.</summary>
    public byte[] AuditBefore { get; init; } = [];

    /// <summary>Ties both to the present ring: whoever can write to the database cannot make the audit begin later.</summary>
    public byte[] AuditSeal { get; init; } = [];
}

/// <summary>Brings the database up to date and gives every department and role its key group.</summary>
public sealed class Installation(ReportsDbContext db, JurisdictionProfile profile, IConfiguration configuration, TimeProvider time)
{
    /// <summary>Migrates, and installs what is missing.</summary>
    /// <param name="show">Shows the notes before anything is saved: a recovery key that was saved and not shown would be lost.</param>
    /// <exception cref="KeyRingLostException">The database has data, and its key ring is not there.</exception>
    public async Task RunAsync(Action<InstallationNotes> show, CancellationToken cancellationToken)
    {
        await db.UpgradeAsync(time, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var recovery = await RecoveryPublicKeyAsync(show, cancellationToken);
        var known = await db.KeyGroups.Select(g => g.Id).Distinct().ToListAsync(cancellationToken);
        foreach (var id in Groups.OfRoles.Concat(profile.Departments.Select(d => Groups.OfDepartment(d.Id))).Except(known, StringComparer.Ordinal))
            db.KeyGroups.Add(GroupKeys.NewGroup(id, generation: 1, KeyPair.Generate(), recovery));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<byte[]> RecoveryPublicKeyAsync(Action<InstallationNotes> show, CancellationToken cancellationToken)
    {
        var folder = DataFolder.Of(configuration);
        if (await db.KeyGroups.OrderByDescending(g => g.Generation).FirstOrDefaultAsync(g => g.Id == Groups.Recovery, cancellationToken) is { } installed)
        {
            // With another ring no receipt opens, and nobody is kept out of anything any more: nothing starts until somebody has decided.
            var mark = KeyRing.Open(folder).Mark;
            if (!await db.KeyRingMarks.AnyAsync(m => m.Mark == mark, cancellationToken))
                throw new KeyRingLostException();
            if (await NobodyCanJoinAsync(cancellationToken))
                show(new InstallationNotes(RecoveryKey: "", InviteAdministrator()));
            return installed.PublicKey;
        }

        var pair = KeyPair.Generate();
        db.KeyRingMarks.Add(new KeyRingMark { Mark = KeyRing.OpenOrCreate(folder).Mark });
        db.KeyGroups.Add(new KeyGroup { Id = Groups.Recovery, Generation = 1, PublicKey = pair.PublicKey, SealedForRecovery = [] });
        show(new InstallationNotes(RecoveryCode.Encode(pair), InviteAdministrator()));
        return pair.PublicKey;
    }

    private async Task<bool> NobodyCanJoinAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return !await db.Staff.AnyAsync(cancellationToken) && !await db.StaffInvitations.AnyAsync(i => i.ExpiresAt > now, cancellationToken);
    }

    private string InviteAdministrator()
    {
        var code = InvitationCode.New();
        db.StaffInvitations.Add(InviteStaffHandler.Invitation(
            "admin", "管理员", profile.SafetyCommitteeOffice, [Role.Administrator], code, time.GetUtcNow()));
        return code;
    }
}
