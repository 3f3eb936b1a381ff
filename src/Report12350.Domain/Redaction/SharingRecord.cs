using Report12350.Domain.Access;
using Report12350.Domain.Reports;

namespace Report12350.Domain.Redaction;

/// <summary>对外提供记录: which body was given the masked copy of a report, when and by whom. It outlives the report.</summary>
public sealed class SharingRecord
{
    public const int LongestRecipient = 100;

    public required Guid Id { get; init; }

    public required ReportId ReportId { get; init; }

    public required string Number { get; init; }

    public required string Recipient { get; init; }

    public required Guid SharedBy { get; init; }

    public required Role Role { get; init; }

    public required string Department { get; init; }

    public required DateTimeOffset SharedAt { get; init; }
}
