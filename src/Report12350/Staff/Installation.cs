using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Profiles;

namespace Report12350.Staff;

/// <summary>What the first start prints for paper: the recovery key, and the first administrator's invitation.</summary>
public sealed record InstallationNotes(string RecoveryKey, string AdministratorCode);

/// <summary>Brings the database up to date and gives every department and role its key group.</summary>
public sealed class Installation(ReportsDbContext db, JurisdictionProfile profile, TimeProvider time)
{
    private const string Recovery = "recovery";

    /// <summary>Migrates, and installs what is missing.</summary>
    /// <param name="show">Shows the notes before anything is saved: a recovery key that was saved and not shown would be lost.</param>
    public async Task RunAsync(Action<InstallationNotes> show, CancellationToken cancellationToken)
    {
        await db.UpgradeAsync(time, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var recovery = await RecoveryPublicKeyAsync(show, cancellationToken);
        var known = await db.KeyGroups.Select(g => g.Id).ToListAsync(cancellationToken);
        foreach (var id in Groups.OfRoles.Concat(profile.Departments.Select(d => Groups.OfDepartment(d.Id))).Except(known, StringComparer.Ordinal))
        {
            var pair = KeyPair.Generate();
            db.KeyGroups.Add(new KeyGroup
            {
                Id = id,
                PublicKey = pair.PublicKey,
                SealedForRecovery = SealedBox.Seal(recovery, pair.PrivateKey, Places.GroupForRecovery(id)),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<byte[]> RecoveryPublicKeyAsync(Action<InstallationNotes> show, CancellationToken cancellationToken)
    {
        if (await db.KeyGroups.FirstOrDefaultAsync(g => g.Id == Recovery, cancellationToken) is { } installed)
            return installed.PublicKey;
        var pair = KeyPair.Generate();
        var code = InvitationCode.New();
        db.KeyGroups.Add(new KeyGroup { Id = Recovery, PublicKey = pair.PublicKey, SealedForRecovery = [] });
        db.StaffInvitations.Add(InviteStaffHandler.Invitation(
            "admin", "管理员", profile.SafetyCommitteeOffice, [Role.Administrator], code, time.GetUtcNow()));
        show(new InstallationNotes(RecoveryCode.Encode(pair), code));
        return pair.PublicKey;
    }
}
