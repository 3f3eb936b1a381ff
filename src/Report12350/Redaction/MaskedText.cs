using System.Globalization;
using System.Text;

namespace Report12350.Redaction;

/// <summary>A part of a text that is masked or shown as one: a sentence, or what is left of it.</summary>
public sealed record MaskablePiece(int Start, string Text, bool Masked, bool Fixed)
{
    public override string ToString() => nameof(MaskablePiece);
}

/// <summary>Texts with words masked (文字遮盖): what is masked leaves neither its letters nor its length.</summary>
public static class MaskedText
{
    private const string Ends = "。！？；!?;\n";

    /// <summary>The text in pieces; put together they are the text.</summary>
    public static IReadOnlyList<MaskablePiece> Pieces(string text, TextMask mask)
    {
        var (hidden, isFixed) = (Hidden(text, mask, r => true), Hidden(text, mask, r => r.Fixed));
        List<MaskablePiece> pieces = [];
        var start = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && hidden[at] == hidden[at - 1] && isFixed[at] == isFixed[at - 1] && !EndsAt(text, at))
                continue;
            pieces.Add(new MaskablePiece(start, text[start..at], hidden[start], isFixed[start]));
            start = at;
        }

        return pieces;
    }

    /// <summary>What others see: texts, and null for each bar. One bar, however much it covers.</summary>
    public static IReadOnlyList<string?> Shown(string text, TextMask mask)
    {
        var hidden = Hidden(text, mask, r => true);
        List<string?> shown = [];
        var start = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && hidden[at] == hidden[start])
                continue;
            shown.Add(hidden[start] ? null : text[start..at]);
            start = at;
        }

        return shown;
    }

    /// <summary>Where a word stands, however it is spaced and whether it is written wide or narrow, large or small.</summary>
    public static IReadOnlyList<MaskedRange> Find(string text, string word)
    {
        var (plain, places) = Plain(text);
        var sought = Plain(word).Plain;
        List<MaskedRange> found = [];
        for (var at = sought.Length == 0 ? -1 : plain.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = plain.IndexOf(sought, at + 1, StringComparison.Ordinal))
            found.Add(new MaskedRange(places[at], places[at + sought.Length - 1] + 1 - places[at]));
        return found;
    }

    /// <summary>Without spaces, narrow and small, and where each letter stood.</summary>
    private static (string Plain, List<int> Places) Plain(string text)
    {
        var plain = new StringBuilder();
        List<int> places = [];
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] is '-' or '‐' or '–' or '—' || char.GetUnicodeCategory(text[at]) is UnicodeCategory.Format)
                continue;
            plain.Append(char.ToLowerInvariant(text[at] is >= '！' and <= '～' ? (char)(text[at] - '！' + '!') : text[at]));
            places.Add(at);
        }

        return (plain.ToString(), places);
    }

    private static bool EndsAt(string text, int at) => Ends.Contains(text[at - 1], StringComparison.Ordinal) || (text[at - 1] == '.' && char.IsWhiteSpace(text[at]));

    private static bool[] Hidden(string text, TextMask mask, Func<MaskedRange, bool> which)
    {
        var hidden = new bool[text.Length];
        foreach (var range in mask.RangesIn(text.Length).Where(which))
        {
            var start = Math.Clamp(range.Start, 0, text.Length);
            var end = Math.Clamp((long)range.Start + range.Length, start, text.Length);
            // Half a letter is no letter.
            if (start > 0 && start < text.Length && char.IsLowSurrogate(text[start]))
                start--;
            if (end > 0 && end < text.Length && char.IsLowSurrogate(text[(int)end]))
                end++;
            hidden.AsSpan(start..(int)end).Fill(true);
        }

        return hidden;
    }
}
