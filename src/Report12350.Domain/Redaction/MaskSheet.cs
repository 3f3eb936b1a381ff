using Report12350.Domain.Reports;

namespace Report12350.Domain.Redaction;

/// <summary>遮盖单: what of a report others may see. It takes a second person to let them see it; what was masked then is never uncovered.</summary>
public sealed class MaskSheet
{
    private MaskSheet()
    {
    }

    public MaskSheet(ReportId report) => ReportId = report;

    public ReportId ReportId { get; private set; }

    /// <summary>Which words and which parts of pictures.</summary>
    public byte[] SealedMasks { get; private set; } = [];

    /// <summary>Everybody who masked since it was last fixed; none of them fixes it.</summary>
    public IReadOnlyList<Guid> MaskedBy { get; private set; } = [];

    public DateTimeOffset MaskedAt { get; private set; }

    public Guid? FixedBy { get; private set; }

    public DateTimeOffset? FixedAt { get; private set; }

    /// <summary>The key of the copy, for whoever can open the report.</summary>
    public byte[]? SealedKey { get; private set; }

    /// <summary>遮盖件: the texts others see, under a key of their own. Nothing that was masked is in them.</summary>
    public byte[]? SealedCopy { get; private set; }

    public bool IsFixed => FixedAt is not null;

    /// <summary>A copy that was fixed is no longer shown: somebody found that it shows too much, or too little.</summary>
    public void Mask(Guid by, byte[] masks, DateTimeOffset now)
    {
        MaskedBy = IsFixed ? [by] : [.. MaskedBy.Append(by).Distinct()];
        (SealedMasks, MaskedAt) = (masks, now);
        (FixedBy, FixedAt, SealedKey, SealedCopy) = (null, null, null, null);
    }

    public void Fix(Guid by, byte[] masks, byte[] key, byte[] copy, DateTimeOffset now)
    {
        if (IsFixed)
            throw new RuleBrokenException("rule.MasksFixed");
        if (MaskedBy.Contains(by))
            throw new RuleBrokenException("rule.MasksNeedAnother");
        (SealedMasks, SealedKey, SealedCopy, FixedBy, FixedAt) = (masks, key, copy, by, now);
    }
}
