using Report12350.Confidentiality;

namespace Report12350.Audit;

/// <summary>One walk along the chain (逐行核验): each row is asked for its place, its seal, and what checkpoints say of it.</summary>
/// <param name="start">Last entry that is not asked, and its seal.</param>
internal sealed class AuditWalk(AuditSeal seal, (long Sequence, byte[] Seal) start, IReadOnlyList<SignedHash> checkpoints)
{
    private readonly ILookup<long, SignedHash> signed = checkpoints.Where(c => c.IsOurs).ToLookup(c => c.Sequence);
    private byte[] before = start.Seal;
    private string changedSeal = "";

    /// <summary>Last row that fitted.</summary>
    public long Last { get; private set; } = start.Sequence;

    public string Head => Convert.ToHexString(before);

    public AuditFault? Fault { get; private set; }

    public long Row { get; private set; }

    public long? Other { get; private set; }

    public void Take(AuditRow row)
    {
        var place = Last + 1;
        var expected = row.SealAt(seal, before, place);
        if (row.Id != place)
            Break(AuditFault.Missing, place);
        else if (!string.Equals(Convert.ToHexString(expected), row.Hash, StringComparison.Ordinal))
            Break(AuditFault.Changed, place, row.Hash);
        else if (signed[place].FirstOrDefault(c => c.Hash != row.Hash) is not null)
            Break(AuditFault.NotAsSigned, place);
        else
            (Last, before) = (place, expected);
    }

    /// <summary>After the last row: is the chain as long as its head and its checkpoints say, and no longer?</summary>
    public void End(AuditEnds ends)
    {
        if (Fault is not null)
            return;
        if (ends.First < 1)
            Break(AuditFault.Foreign, ends.First.Value);
        else if (Last < ends.Sequence)
            Break(AuditFault.Missing, Last + 1);
        else if (ends.Last > ends.Sequence)
            Break(AuditFault.Foreign, ends.Sequence + 1);
        else if (ends.Hash != Head)
            Break(AuditFault.HeadChanged, Last);
        else if (checkpoints.FirstOrDefault(c => !c.IsOurs) is { } forged)
            Break(AuditFault.CheckpointForged, forged.Sequence);
        else if (checkpoints.Where(c => c.Sequence > Last).MinBy(c => c.Sequence) is { } beyond)
            Break(AuditFault.Missing, Last + 1, other: beyond.Sequence);
    }

    /// <summary>Whether the changed row's own values stand in one of these.</summary>
    public bool FindsIn(IEnumerable<AuditRow> rows)
    {
        foreach (var row in rows)
        {
            var found = Convert.ToHexString(row.SealAt(seal, before, Row));
            if (found != row.Hash && found != changedSeal)
                continue;
            (Fault, Other) = (AuditFault.Exchanged, row.Id);
            return true;
        }

        return false;
    }

    private void Break(AuditFault fault, long row, string hash = "", long? other = null) =>
        (Fault, Row, changedSeal, Other) = (fault, row, hash, other);
}
