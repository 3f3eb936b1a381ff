using System.Globalization;
using Report12350.Confidentiality;

namespace Report12350.Audit;

/// <summary>An audit entry as the database holds it, letter for letter; also a row that no longer reads as an entry can be checked.</summary>
public sealed record AuditRow
{
    public required long Id { get; init; }

    /// <summary>UTC ticks.</summary>
    public required string At { get; init; }

    public required string Act { get; init; }

    public string? StaffId { get; init; }

    public string? Role { get; init; }

    public string? Department { get; init; }

    public string? ReportId { get; init; }

    public required string Refused { get; init; }

    /// <summary>In hexadecimal.</summary>
    public required string Hash { get; init; }

    internal static AuditRow Of(AuditEntry entry) => new()
    {
        Id = entry.Id,
        At = entry.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
        Act = entry.Act,
        StaffId = entry.StaffId?.ToString("D"),
        Role = entry.Role?.ToString(),
        Department = entry.Department,
        ReportId = entry.ReportId?.Value.ToString("D"),
        Refused = entry.Refused ? "1" : "0",
        Hash = Convert.ToHexString(entry.Hash),
    };

    /// <summary>The seal these values would have at a place of the chain.</summary>
    internal byte[] SealAt(AuditSeal seal, byte[] before, long place) =>
        seal.Next(before, place, At, Act, StaffId, Role, Department, ReportId, Refused);
}

/// <summary>The chain's ends as one statement sees them.</summary>
public sealed record AuditEnds
{
    public required long Sequence { get; init; }

    public required string Hash { get; init; }

    public long? First { get; init; }

    public long? Last { get; init; }
}
