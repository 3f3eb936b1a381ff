using System.Globalization;
using Report12350.Confidentiality;

namespace Report12350.Audit;

/// <summary>检查点: the site's signed word that the chain was whole up to an entry. Published, it holds the site to it.</summary>
public sealed class AuditCheckpoint
{
    public const string Title = "Report12350 audit checkpoint 1";

    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The signed text, as it is published.</summary>
    public required string Statement { get; init; }

    internal static AuditCheckpoint Of(SiteSignature site, long sequence, byte[] hash, DateTimeOffset at) => new()
    {
        Sequence = sequence,
        At = at,
        Statement = SignedStatement.Write(
            site,
            Title,
            ("sequence", sequence.ToString(CultureInfo.InvariantCulture)),
            ("hash", Convert.ToHexStringLower(hash)),
            ("time", Time(at))),
    };

    internal static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
