using Report12350.Domain.Reports;

namespace Report12350.Duplicates;

/// <summary>A report's fingerprint as it is kept (比对指纹): sealed, and gone with the report.</summary>
public sealed class ReportFingerprint
{
    /// <summary>举报编号; rises in the order in which reports are committed.</summary>
    public required string Number { get; init; }

    public required ReportId ReportId { get; init; }

    public required byte[] SealedFingerprint { get; init; }
}
