using Report12350.Domain.Reports;

namespace Report12350.Confidentiality;

/// <summary>What a key opens.</summary>
public enum KeyPurpose
{
    Content,
    Identity,
    Dossier,
    Masked,
}

/// <summary>A report's key, sealed for one group entitled to it.</summary>
public sealed class ReportKey
{
    public required ReportId ReportId { get; init; }

    public required string GroupId { get; init; }

    public required KeyPurpose Purpose { get; init; }

    /// <summary>Of the group's key it is sealed under.</summary>
    public required int Generation { get; set; }

    public required byte[] SealedKey { get; set; }
}
