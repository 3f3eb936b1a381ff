using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Audit;

/// <summary>What is wrong with the first row that does not fit.</summary>
public enum AuditFault
{
    /// <summary>It does not say what was written.</summary>
    Changed,

    /// <summary>It was deleted.</summary>
    Missing,

    /// <summary>Its values stand in another row.</summary>
    Exchanged,

    /// <summary>The program did not write it.</summary>
    Foreign,

    /// <summary>The head of the chain does not fit it, or is gone.</summary>
    HeadChanged,

    /// <summary>A checkpoint signed something else.</summary>
    NotAsSigned,

    /// <summary>The checkpoint itself is not what the site signed.</summary>
    CheckpointForged,
}

/// <summary>How the chain was found (核验结果): whole, or broken first at a row.</summary>
/// <param name="Row">First broken row.</param>
/// <param name="Other">Row that holds its values, or the checkpoint that says otherwise.</param>
/// <param name="From">Last entry under a key ring that was lost: up to there nothing can be verified.</param>
public sealed record AuditFinding(long Entries, string Head, DateTimeOffset At, AuditFault? Fault = null, long Row = 0, long? Other = null, long From = 0)
{
    public bool IsWhole => Fault is null;
}

/// <summary>审计链: walks it from the first entry to the last, and signs checkpoints of what was found whole.</summary>
public sealed class AuditChain(ReportsDbContext db, KeyRing ring, AuditSeal seal, SiteSignature site, TimeProvider time)
{
    private const int Batch = 2_000;

    /// <param name="published">Checkpoints kept outside, such as those that were published.</param>
    public async Task<AuditFinding> VerifyAsync(IReadOnlyList<string> published, CancellationToken cancellationToken)
    {
        var start = await StartAsync(cancellationToken);
        var kept = await db.AuditCheckpoints.AsNoTracking().Where(c => c.Sequence > start.Sequence).OrderBy(c => c.Sequence).ToListAsync(cancellationToken);
        if (await db.AuditEndsAsync(cancellationToken) is not { } ends)
            return new AuditFinding(0, "", time.GetUtcNow(), AuditFault.HeadChanged);
        var walk = new AuditWalk(seal, start, [.. kept.Select(c => Read(c.Statement, c)), .. published.Select(p => Read(p, null))]);
        while (walk.Last < ends.Sequence && walk.Fault is null)
        {
            var rows = await db.AuditRowsAsync(walk.Last, ends.Sequence, Batch, cancellationToken);
            if (rows.Count == 0)
                break;
            foreach (var row in rows.TakeWhile(_ => walk.Fault is null))
                walk.Take(row);
        }

        walk.End(ends);
        if (walk.Fault is AuditFault.Changed)
            await FindElsewhereAsync(walk, ends.Sequence, cancellationToken);
        return new AuditFinding(walk.Last, walk.Head, time.GetUtcNow(), walk.Fault, walk.Row, walk.Other, start.Sequence);
    }

    /// <summary>Signs how far the chain goes; null when it is broken, since that is not to be signed.</summary>
    public async Task<(AuditFinding Finding, AuditCheckpoint? Checkpoint)> SignAsync(CancellationToken cancellationToken)
    {
        var finding = await VerifyAsync([], cancellationToken);
        if (!finding.IsWhole || finding.Entries == 0)
            return (finding, null);
        if (await db.AuditCheckpoints.AsNoTracking().FirstOrDefaultAsync(c => c.Sequence == finding.Entries, cancellationToken) is { } signed)
            return (finding, signed);
        var checkpoint = AuditCheckpoint.Of(site, finding.Entries, Convert.FromHexString(finding.Head), finding.At);
        db.AuditCheckpoints.Add(checkpoint);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.IsDuplicate())
        {
            db.ChangeTracker.Clear();
        }

        return (finding, checkpoint);
    }

    /// <summary>The origin, or what came before under a ring that was lost.</summary>
    private async Task<(long Sequence, byte[] Seal)> StartAsync(CancellationToken cancellationToken)
    {
        var mark = ring.Mark;
        var known = await db.KeyRingMarks.AsNoTracking().FirstOrDefaultAsync(m => m.Mark == mark, cancellationToken);
        return known is { AuditFrom: > 0 } && known.AuditSeal.AsSpan().SequenceEqual(seal.Start(known.AuditBefore, known.AuditFrom))
            ? (known.AuditFrom, known.AuditBefore)
            : (0, AuditSeal.Origin);
    }

    /// <param name="kept">The row it was kept in, which must say the same.</param>
    private SignedHash Read(string text, AuditCheckpoint? kept)
    {
        var read = SignedStatement.Parse(text);
        var known = long.TryParse(read?["sequence"], CultureInfo.InvariantCulture, out var sequence);
        var ours = known && read!.Title is AuditCheckpoint.Title && read.IsSignedBy(site.PublicKey)
            && (kept is null || (kept.Sequence == sequence && AuditCheckpoint.Time(kept.At) == read["time"]));
        return new SignedHash(kept?.Sequence ?? sequence, read?["hash"]?.ToUpperInvariant() ?? "", ours);
    }

    /// <summary>A row that was changed by being exchanged with another one: which.</summary>
    private async Task FindElsewhereAsync(AuditWalk walk, long upTo, CancellationToken cancellationToken)
    {
        for (var after = walk.Row; after < upTo;)
        {
            var rows = await db.AuditRowsAsync(after, upTo, Batch, cancellationToken);
            if (rows.Count == 0 || walk.FindsIn(rows))
                return;
            after = rows[^1].Id;
        }
    }
}

/// <summary>What a checkpoint says of one entry.</summary>
internal sealed record SignedHash(long Sequence, string Hash, bool IsOurs);
