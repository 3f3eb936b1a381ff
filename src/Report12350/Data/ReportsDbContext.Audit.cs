using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Report12350.Audit;
using Report12350.Confidentiality;

namespace Report12350.Data;

/// <summary>The audit's one chain: entries wait for the end of their transaction, and are tied to the chain just before it commits.</summary>
public abstract partial class ReportsDbContext
{
    private const string LockHead = """UPDATE "AuditHead" SET "Sequence" = "Sequence" RETURNING *""";

    private (Guid Transaction, List<AuditEntry> Entries) waiting;

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<AuditCheckpoint> AuditCheckpoints => Set<AuditCheckpoint>();

    /// <summary>Rows after one place up to another, at most so many, letter for letter.</summary>
    protected abstract string AuditRowsSql { get; }

    protected abstract string AuditEndsSql { get; }

    internal Task<List<AuditRow>> AuditRowsAsync(long after, long upTo, int most, CancellationToken cancellationToken) =>
        Database.SqlQueryRaw<AuditRow>(AuditRowsSql, after, upTo, most).ToListAsync(cancellationToken);

    /// <summary>Null when the head is gone.</summary>
    internal async Task<AuditEnds?> AuditEndsAsync(CancellationToken cancellationToken) =>
        (await Database.SqlQueryRaw<AuditEnds>(AuditEndsSql).ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>Writers queue here, with everything else of their act already saved: nobody who holds the head waits for anything.</summary>
    internal async Task ChainAsync(Guid transaction, CancellationToken cancellationToken)
    {
        if (waiting.Transaction != transaction || waiting.Entries is not { Count: > 0 } entries)
            return;
        waiting = default;
        var head = (await Set<AuditHead>().FromSqlRaw(LockHead).AsNoTracking().ToListAsync(cancellationToken)).SingleOrDefault()
            ?? throw new InvalidOperationException("The head of the audit's chain is gone: nothing can be done unseen. Run verify-audit.");
        foreach (var entry in entries)
            Append(entry, head, this.GetService<AuditSeal>());
        Entry(head).State = EntityState.Modified;
        await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancellationToken);
        Entry(head).State = EntityState.Detached;
    }

    private void Append(AuditEntry entry, AuditHead head, AuditSeal seal)
    {
        entry.Id = ++head.Sequence;
        // As fine as the coarser of the two databases keeps it.
        entry.At = new DateTimeOffset(entry.At.UtcTicks - (entry.At.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        entry.Hash = head.Hash = AuditRow.Of(entry).SealAt(seal, head.Hash, entry.Id);
        Add(entry);
    }

    private List<AuditEntry> TakeNoted()
    {
        var entries = ChangeTracker.Entries<AuditEntry>().Where(e => e.State is not EntityState.Unchanged).ToList();
        if (entries.Exists(e => e.State is EntityState.Modified or EntityState.Deleted))
            throw new InvalidOperationException("The audit is only ever added to.");
        foreach (var entry in entries)
            entry.State = EntityState.Detached;
        return [.. entries.Select(e => e.Entity)];
    }

    private void Hold(Guid transaction, List<AuditEntry> noted)
    {
        if (waiting.Transaction != transaction)
            waiting = (transaction, []);
        waiting.Entries.AddRange(noted);
    }
}
