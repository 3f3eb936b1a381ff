using Report12350.Domain.Access;
using Report12350.Domain.Reports;

namespace Report12350.Audit;

/// <summary>审计记录: who did or read what, when. Never what it said.</summary>
public sealed class AuditEntry
{
    private static long provisional;

    /// <summary>Place in the chain, from one; negative until it is chained.</summary>
    public long Id { get; internal set; } = Interlocked.Decrement(ref provisional);

    public required DateTimeOffset At { get; set; }

    /// <summary>Name of the use case.</summary>
    public required string Act { get; init; }

    public Guid? StaffId { get; init; }

    public Role? Role { get; init; }

    public string? Department { get; init; }

    public ReportId? ReportId { get; init; }

    public bool Refused { get; init; }

    /// <summary>Seals this entry and, through the one before it, every earlier one.</summary>
    public byte[] Hash { get; internal set; } = [];
}
