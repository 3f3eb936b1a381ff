using Report12350.Domain.Reports;

namespace Report12350.Domain.Redaction;

/// <summary>遮盖图片: drawn anew with its masked parts painted over, under the key of the masked copy. The original's pixels are not in it.</summary>
public sealed class MaskedPicture
{
    public required Guid Id { get; init; }

    public required ReportId ReportId { get; init; }

    public required byte[] SealedPicture { get; init; }
}
