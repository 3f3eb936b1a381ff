using Report12350.Domain.Reports;

namespace Report12350.Evidence;

/// <summary>A file on its way (续传中的材料): what came of it lies on the store; its name, its length and the bytes that fill no segment yet are sealed here.</summary>
public sealed class EvidenceUpload
{
    /// <summary>The file's own, once it is whole.</summary>
    public required Guid Id { get; init; }

    /// <summary>Draft it is sent with; null once filed.</summary>
    public Guid? DraftId { get; init; }

    public ReportId? ReportId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the sender said of it, under the content key.</summary>
    public required byte[] SealedSaid { get; init; }

    /// <summary>What came after the last acknowledged segment, under the content key.</summary>
    public byte[]? SealedTail { get; set; }

    /// <summary>Bytes are coming in that count for nothing until their checksum was compared.</summary>
    public bool IsUnchecked { get; set; }

    /// <summary>It is evidence now; kept so that a sender who missed the answer learns it.</summary>
    public bool IsWhole { get; set; }
}

/// <summary>What the sender said of a file before sending it.</summary>
/// <param name="Metadata">Word for word, for whoever asks again.</param>
internal sealed record UploadSaid(string Name, long Length, string? Metadata);

/// <summary>So many segments are on the store, and these bytes follow.</summary>
internal sealed record UploadTail(long Segments, byte[] Bytes)
{
    public static readonly UploadTail Nothing = new(0, []);

    public long Offset => (Segments * Confidentiality.SealedStream.SegmentLength) + Bytes.Length;
}

/// <summary>How far a file has come (上传进度).</summary>
public sealed record UploadProgress(Guid Id, long Offset, long Length, string? Metadata, DateTimeOffset ExpiresAt)
{
    public override string ToString() => "upload";
}
