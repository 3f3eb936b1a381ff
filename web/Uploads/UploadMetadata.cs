using System.Text;

namespace Report12350.Web.Uploads;

/// <summary>What the sender says of a file (文件说明): keys and values in Base64, as in the header Upload-Metadata.</summary>
public static class UploadMetadata
{
    private const int Longest = 4096;

    /// <summary>Null when it is not of that form.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(string? header)
    {
        Dictionary<string, string> said = new(StringComparer.Ordinal);
        if (string.IsNullOrEmpty(header))
            return said;
        if (header.Length > Longest)
            return null;
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(' ');
            if (parts.Length > 2 || parts[0].Length == 0 || !Ascii.IsValid(parts[0]) || Value(parts) is not { } value || !said.TryAdd(parts[0], value))
                return null;
        }

        return said;
    }

    private static string? Value(string[] parts)
    {
        if (parts.Length == 1)
            return "";
        var bytes = new byte[parts[1].Length];
        return Convert.TryFromBase64String(parts[1], bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
