using System.Text;

namespace Report12350.Confidentiality;

/// <summary>A few lines of plain text that the site signed (签名声明): a title, named values, the key's number, and the signature over every line before it.</summary>
public sealed class SignedStatement
{
    /// <summary>Longer is none of ours.</summary>
    public const int LongestText = 4096;

    private const string KeyName = "key";
    private const string SignatureName = "signature";
    private readonly Dictionary<string, string> values;

    private SignedStatement(string title, Dictionary<string, string> values, string signed, byte[] signature)
    {
        Title = title;
        this.values = values;
        Signed = signed;
        Signature = signature;
    }

    public string Title { get; }

    public string KeyId => this[KeyName] ?? "";

    private string Signed { get; }

    private byte[] Signature { get; }

    public string? this[string name] => values.GetValueOrDefault(name);

    public static string Write(SiteSignature site, string title, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = new StringBuilder(title).Append('\n');
        foreach (var (name, value) in values)
            text.Append(name).Append(": ").Append(value).Append('\n');
        text.Append(KeyName).Append(": ").Append(site.KeyId).Append('\n');
        var signature = Convert.ToBase64String(site.Sign(Encoding.UTF8.GetBytes(text.ToString())));
        return text.Append(SignatureName).Append(": ").Append(signature).Append('\n').ToString();
    }

    /// <summary>Null when it has not the form of a statement; whether it is true is for <see cref="IsSignedBy"/> to say.</summary>
    public static SignedStatement? Parse(string text)
    {
        if (text.Length > LongestText)
            return null;
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 1 || !values.TryAdd(line[..colon], line[(colon + 2)..]))
                return null;
        }

        var signature = new byte[64];
        return lines.Length > 2 && lines[^1].StartsWith(SignatureName + ": ", StringComparison.Ordinal)
            && Convert.TryFromBase64String(values[SignatureName], signature, out var length) && length == signature.Length
            && Convert.ToBase64String(signature) == values[SignatureName]
                ? new SignedStatement(lines[0], values, string.Join('\n', lines[..^1]) + "\n", signature)
                : null;
    }

    public bool IsSignedBy(string publicKey) => SiteSignature.Verify(publicKey, Encoding.UTF8.GetBytes(Signed), Signature);
}
