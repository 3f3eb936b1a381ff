using Report12350.Confidentiality;

namespace Report12350.Web.Security;

/// <summary>What a reporter typed after the pass had run out (退出后写下的话). The browser carries it sealed in the sign-in form; it is in no address and on no disk.</summary>
/// <param name="Report">The report it was typed for; null when the browser had no pass any more.</param>
public sealed record UnsentWords(string Text, string To, Guid? Report)
{
    private const string Purpose = "unsent";

    /// <summary>Null when nothing was typed.</summary>
    public static string? Seal(CookieSeal seal, string? text, string? to, Guid? report) =>
        string.IsNullOrWhiteSpace(text) ? null : seal.Seal(new UnsentWords(text, to == "object" ? "object" : "report", report), Purpose);

    public static UnsentWords? Open(CookieSeal seal, string? kept) => seal.TryOpen<UnsentWords>(kept, Purpose, out var words) ? words : null;

    /// <summary>Shown only to the holder of the receipt of the report it was typed for.</summary>
    public bool IsFor(Guid report) => Report is null || Report == report;

    public override string ToString() => "unsent words";
}
