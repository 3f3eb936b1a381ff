using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Staff;

/// <summary>新密钥环, for whoever has the machine: the site's ring is lost with all its backups, and the site goes on with another.</summary>
public sealed class NewKeyRing(ReportsDbContext db, IConfiguration configuration, TimeProvider time)
{
    /// <summary>Whether there is a site whose ring is not in its folder; otherwise there is nothing to be done.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        if (!await db.Database.CanConnectAsync(cancellationToken) || (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return false;
        var folder = DataFolder.Of(configuration);
        var marks = await db.KeyRingMarks.AsNoTracking().Select(m => m.Mark).ToListAsync(cancellationToken);
        return marks.Count > 0 && (!KeyRing.IsIn(folder) || !marks.Exists(mark => mark.AsSpan().SequenceEqual(KeyRing.Open(folder).Mark)));
    }

    /// <returns>How many entries of who is kept out of a matter are void with the old ring.</returns>
    public async Task<int> MakeAsync(CancellationToken cancellationToken)
    {
        var ring = KeyRing.OpenOrCreate(DataFolder.Of(configuration));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ends = await db.AuditEndsAsync(cancellationToken) ?? throw new InvalidOperationException("The head of the audit's chain is gone. Run verify-audit.");
        var before = Convert.FromHexString(ends.Hash);
        await db.KeyRingMarks.ExecuteDeleteAsync(cancellationToken);
        await db.StaffRecoveryCodes.ExecuteDeleteAsync(cancellationToken);
        db.KeyRingMarks.Add(new KeyRingMark
        {
            Mark = ring.Mark, AuditFrom = ends.Sequence, AuditBefore = before, AuditSeal = new AuditSeal(ring).Start(before, ends.Sequence),
        });
        db.Audit.Add(new AuditEntry { At = time.GetUtcNow(), Act = nameof(NewKeyRing) });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await db.ConflictBlocks.CountAsync(cancellationToken);
    }
}
