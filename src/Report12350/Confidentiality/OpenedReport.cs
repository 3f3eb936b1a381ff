using Report12350.Domain.Evidence;
using Report12350.Domain.Rectification;
using Report12350.Domain.Reports;
using Report12350.Domain.Verification;

namespace Report12350.Confidentiality;

/// <summary>A report whose content key is open: for the holder of the receipt, or for staff entitled to it. Commands that need content take one; nothing else can ask.</summary>
public sealed class OpenedReport
{
    private readonly ContentKey key;

    internal OpenedReport(ReportId id, ContentKey key, bool byReporter)
    {
        Id = id;
        this.key = key;
        ByReporter = byReporter;
    }

    public ReportId Id { get; }

    /// <summary>Opened with the receipt.</summary>
    public bool ByReporter { get; }

    internal ContentKey Key => key;

    public T Content<T>(Report report) => key.OpenJson<T>(report.SealedContent, Places.Content(report.Id));

    public string? Text(TimelineEntry entry) => entry.SealedText is null ? null : key.OpenText(entry.SealedText, Places.Timeline(entry.Id));

    public Sealed SealText(string text, DateTimeOffset now) => Seal(now, row => key.Seal(text, Places.Timeline(row)));

    public Sealed? SealOptional(string? text, DateTimeOffset now) => string.IsNullOrWhiteSpace(text) ? null : SealText(text.Trim(), now);

    /// <summary>A text with structure, such as the four parts of feedback.</summary>
    public Sealed SealParts<T>(T parts, DateTimeOffset now) => Seal(now, row => key.SealJson(parts, Places.Timeline(row)));

    public T? Parts<T>(TimelineEntry entry)
        where T : class => entry.SealedText is null ? null : key.OpenJson<T>(entry.SealedText, Places.Timeline(entry.Id));

    public Sealed SealVerification<T>(T record, DateTimeOffset now) => Seal(now, row => key.SealJson(record, Places.Verification(row)));

    public T Verification<T>(VerificationRecord record) => key.OpenJson<T>(record.SealedContent, Places.Verification(record.Id));

    public Sealed SealItem<T>(T details, DateTimeOffset now) => Seal(now, row => key.SealJson(details, Places.ItemDetails(row)));

    public T Item<T>(RectificationItem item) => key.OpenJson<T>(item.SealedDetails, Places.ItemDetails(item.Id));

    public byte[] SealOutcome(Guid itemId, string text) => key.Seal(text, Places.ItemOutcome(itemId));

    public string? Outcome(RectificationItem item) =>
        item.SealedOutcome is null ? null : key.OpenText(item.SealedOutcome, Places.ItemOutcome(item.Id));

    public byte[] SealEvidence<T>(Guid fileId, T description) => key.SealJson(description, Places.Evidence(fileId));

    public T Evidence<T>(EvidenceFile file) => key.OpenJson<T>(file.SealedDescription, Places.Evidence(file.Id));

    public byte[] SealMasks<T>(T masks) => key.SealJson(masks, Places.Masks(Id));

    public T Masks<T>(byte[] sealedMasks) => key.OpenJson<T>(sealedMasks, Places.Masks(Id));

    /// <summary>The key of the masked copy, so that whoever opens the report opens what others are shown of it.</summary>
    internal byte[] SealMaskedKey(ContentKey masked) => key.SealBytes(masked.Bytes.ToArray(), Places.MaskedKey(Id));

    internal ContentKey MaskedKey(byte[] sealedKey) => ContentKey.From(key.OpenBytes(sealedKey, Places.MaskedKey(Id)));

    internal byte[] FileKey(Guid fileId) => key.ForFile(fileId);

    private static Sealed Seal(DateTimeOffset now, Func<Guid, byte[]> seal)
    {
        var row = Guid.CreateVersion7(now);
        return new Sealed(row, seal(row));
    }
}
