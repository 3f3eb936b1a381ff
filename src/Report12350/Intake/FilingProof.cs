using System.Globalization;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;

namespace Report12350.Intake;

/// <summary>登记证明: the site's signed word that a report was filed, when, and with what content. It says nothing of the content or of who filed it.</summary>
public static class FilingProof
{
    public const string Title = "Report12350 filing proof 1";

    internal static string Write(SiteSignature site, Report report, ContentKey key) => SignedStatement.Write(
        site,
        Title,
        ("number", report.Number),
        ("filed", report.FiledAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ("content", Convert.ToHexStringLower(key.Fingerprint(report.SealedContent, Places.Content(report.Id)))));

    /// <summary>Needs nothing but the text and the site's public key.</summary>
    public static FilingProofFinding Check(string? text, string publicKey)
    {
        if (SignedStatement.Parse(text ?? "") is not { Title: Title } statement
            || statement["number"] is not { } number || statement["filed"] is not { } filed || statement["content"] is not { } content)
        {
            return new(FilingProofState.NotAProof);
        }

        var state = statement.KeyId != SiteSignature.IdOf(publicKey) ? FilingProofState.OtherKey
            : statement.IsSignedBy(publicKey) ? FilingProofState.Genuine
            : FilingProofState.Altered;
        return state is FilingProofState.Genuine ? new(state, number, filed, content) : new(state);
    }
}

/// <summary>What the check of a filing proof found (核验结果).</summary>
public enum FilingProofState
{
    /// <summary>Signed by the site, not a sign changed.</summary>
    Genuine,

    /// <summary>Names the site's key, but the site did not sign it like this.</summary>
    Altered,

    /// <summary>Signed under a key that is not the one given.</summary>
    OtherKey,

    /// <summary>No filing proof, or a part of one.</summary>
    NotAProof,
}

/// <summary>What a genuine proof says: number, second of filing in UTC, and the fingerprint of what was filed.</summary>
public sealed record FilingProofFinding(FilingProofState State, string? Number = null, string? Filed = null, string? Content = null);
