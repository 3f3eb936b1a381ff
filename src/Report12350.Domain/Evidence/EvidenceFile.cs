using Report12350.Domain.Reports;

namespace Report12350.Domain.Evidence;

/// <summary>What a file shows in the procedure.</summary>
public enum EvidencePurpose
{
    /// <summary>What the reporter sent.</summary>
    Report,

    /// <summary>Found at verification (核查取证).</summary>
    Verification,

    /// <summary>Before it was put right (整改前).</summary>
    Before,

    /// <summary>After it was put right (整改后).</summary>
    After,

    /// <summary>Seen at the close-out review (验收).</summary>
    CloseOut,
}

/// <summary>A sealed file (证据材料). Name, type and hash are sealed with it; sizes are padded.</summary>
public sealed class EvidenceFile
{
    private EvidenceFile()
    {
    }

    public EvidenceFile(Guid id, EvidencePurpose purpose, Actor by, DateTimeOffset at, long sealedLength, byte[] description, Guid? copyId = null)
    {
        Id = id;
        CopyId = copyId;
        Purpose = purpose;
        ByReporter = by.Kind == ActorKind.Reporter;
        StaffId = by.StaffId;
        At = at;
        SealedLength = sealedLength;
        SealedDescription = description;
    }

    public Guid Id { get; private set; }

    /// <summary>Where its working copy lies on the store (工作副本); null before it is cleaned, and when it could not be.</summary>
    public Guid? CopyId { get; private set; }

    /// <summary>Null while the report is still a draft.</summary>
    public ReportId? ReportId { get; private set; }

    /// <summary>Draft it was sent with; null once filed.</summary>
    public Guid? DraftId { get; private set; }

    /// <summary>Rectification item it shows, if any.</summary>
    public Guid? ItemId { get; private set; }

    public EvidencePurpose Purpose { get; private set; }

    public bool ByReporter { get; private set; }

    public Guid? StaffId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Bytes on the store, padding included.</summary>
    public long SealedLength { get; private set; }

    /// <summary>Name, media type, true length and SHA-256, of the file and of its working copy, sealed under the report's content key.</summary>
    public byte[] SealedDescription { get; private set; } = [];

    /// <summary>Described anew, after more became known of it.</summary>
    public void Describe(byte[] description, Guid? copyId) => (SealedDescription, CopyId) = (description, copyId);

    public EvidenceFile ForDraft(Guid draftId)
    {
        DraftId = draftId;
        return this;
    }

    public EvidenceFile ForReport(ReportId reportId, Guid? itemId = null)
    {
        ReportId = reportId;
        DraftId = null;
        ItemId = itemId;
        return this;
    }
}
