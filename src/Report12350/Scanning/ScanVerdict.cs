using System.Text.Json.Serialization;

namespace Report12350.Scanning;

/// <summary>What clamd found in a file (查毒结论), kept in its sealed description: nobody without the report's key learns it, or makes one up.</summary>
/// <param name="Signature">Name of the malware; null: none was found.</param>
public sealed record ScanVerdict(string? Signature)
{
    [JsonIgnore]
    public bool IsInfected => Signature is not null;
}

/// <summary>Where a file stands with the scanner (查毒状态).</summary>
public enum ScanState
{
    /// <summary>No scanner is configured.</summary>
    Unasked,

    /// <summary>The scanner did not answer yet: kept, shown to nobody (暂存).</summary>
    Held,

    /// <summary>Nothing was found.</summary>
    Passed,

    /// <summary>Something was: kept, shown to nobody, ever (隔离).</summary>
    Infected,
}
