using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>Looks for marks in every form in which bytes come to lie in files, columns and logs.</summary>
internal sealed class MarkSearch
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly SearchValues<string> needles;

    public MarkSearch(IEnumerable<Mark> marks)
    {
        foreach (var mark in marks)
        {
            foreach (var (form, bytes) in FormsOf(mark.Bytes))
                names.TryAdd(Encoding.Latin1.GetString(bytes), $"{mark.Name} as {form}");
        }

        needles = SearchValues.Create([.. names.Keys], StringComparison.Ordinal);
    }

    /// <summary>Every way in which the mark may have been written down.</summary>
    public static IEnumerable<(string Form, byte[] Bytes)> FormsOf(byte[] mark)
    {
        yield return ("bytes", mark);
        foreach (var form in Ascii("", mark))
            yield return form;
        if (!TryText(mark, out var text))
            yield break;
        var wide = Encoding.Unicode.GetBytes(text);
        yield return ("UTF-16LE", wide);
        yield return ("UTF-16BE", Encoding.BigEndianUnicode.GetBytes(text));
        foreach (var form in Ascii("UTF-16LE in ", wide))
            yield return form;
        yield return ("JSON", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text)[1..^1]));
        yield return ("form", Encoding.ASCII.GetBytes(Uri.EscapeDataString(text)));
    }

    /// <summary>What was found in these bytes; each form of each mark once.</summary>
    public IReadOnlyList<string> Find(ReadOnlySpan<byte> where)
    {
        HashSet<string> found = [];
        var rest = Encoding.Latin1.GetString(where).AsSpan();
        while (rest.IndexOfAny(needles) is >= 0 and var at)
        {
            rest = rest[at..];
            foreach (var (needle, name) in names)
            {
                if (rest.StartsWith(needle, StringComparison.Ordinal))
                    found.Add(name);
            }

            rest = rest[1..];
        }

        return [.. found];
    }

    private static IEnumerable<(string Form, byte[] Bytes)> Ascii(string of, byte[] bytes)
    {
        yield return (of + "hex", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        yield return (of + "small hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        for (var before = 0; before < 3; before++)
        {
            var base64 = Base64Within(bytes, before);
            yield return ($"{of}base64 at {before}", Encoding.ASCII.GetBytes(base64));
            yield return ($"{of}base64url at {before}", Encoding.ASCII.GetBytes(base64.Replace('+', '-').Replace('/', '_')));
        }
    }

    /// <summary>The part of the base64 that does not depend on what stands before and after.</summary>
    private static string Base64Within(byte[] bytes, int before)
    {
        var whole = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var from = before switch { 0 => 0, 1 => 2, _ => 3 };
        var to = (before + bytes.Length) * 8 / 6;
        return whole[from..to];
    }

    private static bool TryText(byte[] bytes, out string text)
    {
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return text.All(sign => !char.IsControl(sign));
        }
        catch (ArgumentException)
        {
            text = "";
            return false;
        }
    }
}
