using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Staff;

/// <summary>Which groups' keys a paper opens.</summary>
public sealed record RecoveryCheck(IReadOnlyList<string> Opens, IReadOnlyList<string> Shut);

/// <summary>恢复密钥纸, for whoever has the machine: checked against the groups' keys, or replaced when it was lost or seen.</summary>
public sealed class RecoveryPaper(ReportsDbContext db, GroupRenewal renewal, TimeProvider time)
{
    /// <summary>Changes nothing; null when what was typed is no recovery key at all.</summary>
    public async Task<RecoveryCheck?> CheckAsync(string? typed, CancellationToken cancellationToken)
    {
        if (!RecoveryCode.TryDecode(typed, out var recovery))
            return null;
        var keys = await db.KeyGroups.AsNoTracking().Where(g => g.Id != Groups.Recovery && !g.Emptied).OrderBy(g => g.Id).ThenBy(g => g.Generation).ToListAsync(cancellationToken);
        var opens = keys.ToLookup(key => GroupKeys.OpenWithRecovery(key, recovery) is not null, key => key.Id);
        return new RecoveryCheck([.. opens[true]], [.. opens[false]]);
    }

    /// <summary>A new recovery key, and new keys for all groups under it.</summary>
    /// <param name="show">Shows it before anything is saved: one that was saved and not shown would be lost.</param>
    public async Task ReplaceAsync(Action<string> show, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Staff.Where(m => m.Active).ExecuteUpdateAsync(m => m.SetProperty(x => x.Active, true), cancellationToken);
        show(RecoveryCode.Encode(await renewal.RenewRecoveryAsync(cancellationToken)));
        db.Audit.Add(new AuditEntry { At = time.GetUtcNow(), Act = "ReplaceRecoveryKey" });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
