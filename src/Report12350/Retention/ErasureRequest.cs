using Report12350.Domain.Reports;
using Report12350.Domain.Retention;

namespace Report12350.Retention;

/// <summary>删除申请: one person asked that a report be erased; another one decides.</summary>
public sealed class ErasureRequest
{
    public required ReportId ReportId { get; init; }

    public required ErasureReason Reason { get; init; }

    public required Guid AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }
}
