using Report12350.Domain.Retention;

namespace Report12350.Domain.Reports;

/// <content>保存期限 and 删除.</content>
public sealed partial class Report
{
    /// <summary>Since when no work is left; the days of keeping count from here.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Then it is not erased by the rule.</summary>
    public bool ReporterWroteAfterClosing { get; private set; }

    /// <summary>From here on nothing can be done to it any more.</summary>
    public DateTimeOffset? ErasureDecidedAt { get; private set; }

    /// <summary>删除: decided for good; the keys go next, then everything else.</summary>
    /// <param name="closedOn">Legal day of its closing.</param>
    public Tombstone Bury(ErasureReason reason, DateOnly? closedOn, DateTimeOffset now, Guid? askedBy = null, Guid? confirmedBy = null)
    {
        if (ErasureDecidedAt is not null)
            throw new RuleBrokenException("rule.BeingErased");
        if (ClosedAt is null && reason is not ErasureReason.KeyDestroyed)
            throw new RuleBrokenException("rule.EraseOpenReport");
        if (ReporterWroteAfterClosing && reason is ErasureReason.KeptLongEnough)
            throw new RuleBrokenException("rule.ReporterWroteAfterClosing");
        ErasureDecidedAt = now;
        ChangedAt = now;
        Version++;
        return new Tombstone(this, reason, closedOn, now, askedBy, confirmedBy);
    }

    private void NoteClosing(DateTimeOffset now)
    {
        if (IsOpen)
            (ClosedAt, ReporterWroteAfterClosing) = (null, false);
        else
            ClosedAt ??= now;
    }
}
