using Report12350.Domain.Reports;

namespace Report12350.Domain.Retention;

/// <summary>删除留痕: all that stays of an erased report: number, dates, outcome and why it went. Once it stands, the erasure is carried out, whatever happens.</summary>
public sealed class Tombstone
{
    private Tombstone()
    {
    }

    internal Tombstone(Report report, ErasureReason reason, DateOnly? closedOn, DateTimeOffset decidedAt, Guid? askedBy, Guid? confirmedBy)
    {
        ReportId = report.Id;
        Number = report.Number;
        LookupId = report.LookupId;
        EraseKeyId = report.EraseKeyId;
        State = report.State;
        Finding = report.Finding;
        FiledOn = report.FiledOn;
        ClosedOn = closedOn;
        Reason = reason;
        DecidedAt = decidedAt;
        AskedBy = askedBy;
        ConfirmedBy = confirmedBy;
    }

    public ReportId ReportId { get; private set; }

    public string Number { get; private set; } = "";

    /// <summary>So that the holder of the receipt is told what became of it.</summary>
    public byte[] LookupId { get; private set; } = [];

    /// <summary>Key to destroy first.</summary>
    public string EraseKeyId { get; private set; } = "";

    public ReportState State { get; private set; }

    public Finding? Finding { get; private set; }

    public DateOnly FiledOn { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    public ErasureReason Reason { get; private set; }

    public DateTimeOffset DecidedAt { get; private set; }

    /// <summary>Two people, when it was by hand.</summary>
    public Guid? AskedBy { get; private set; }

    public Guid? ConfirmedBy { get; private set; }

    /// <summary>Null until the key is destroyed and all content is gone.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    public void Carried(DateTimeOffset now) => ErasedAt ??= now;
}
