using System.Text;

namespace Report12350.Staff;

/// <summary>Passwords that fall to the first guesses (弱口令): a few common words, names, dates, runs of digits and keyboard walks in a row.</summary>
internal static class GuessedPasswords
{
    /// <summary>What is put together of so many parts or fewer is guessed; any sign that belongs to none is a part of its own.</summary>
    private const int Parts = 4;

    private const int FewestSigns = 5;
    private const int ShortestRun = 3;
    private static readonly string[] Rows = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    private static readonly HashSet<string> Words = Load();

    public static bool Contain(string password, IEnumerable<string> own)
    {
        var typed = new string([.. Small(password).Where(sign => char.IsLetterOrDigit(Unmasked(sign)))]);
        return typed.Distinct().Count() < FewestSigns || PartsOf(typed, new HashSet<string>(own.SelectMany(NamesIn), StringComparer.Ordinal)) <= Parts;
    }

    private static string Small(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Figures and signs that stand for letters.</summary>
    private static char Unmasked(char sign) => sign switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => sign,
    };

    private static IEnumerable<string> NamesIn(string name) =>
        Small(name).Split('.', '-', '_', ' ').Append(new string([.. Small(name).Where(char.IsLetterOrDigit)])).Where(part => part.Length > 1);

    /// <summary>Fewest parts that the text can be read as; signs between them are none.</summary>
    private static int PartsOf(string text, HashSet<string> names)
    {
        var unmasked = new string([.. text.Select(Unmasked)]);
        var longest = Math.Max(20, names.Select(name => name.Length).DefaultIfEmpty().Max());
        var fewest = new int[text.Length + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            fewest[end] = fewest[end - 1] + (char.IsLetterOrDigit(text[end - 1]) ? 1 : 0);
            for (var start = end - 2; start >= 0; start--)
            {
                var length = end - start;
                if (fewest[start] + 1 < fewest[end] && (IsRun(text.AsSpan(start, length))
                    || (length <= longest && (IsWord(text.Substring(start, length), names) || IsWord(unmasked.Substring(start, length), names)))))
                {
                    fewest[end] = fewest[start] + 1;
                }
            }
        }

        return fewest[text.Length];
    }

    private static bool IsWord(string part, HashSet<string> names) => Words.Contains(part) || names.Contains(part);

    private static bool IsRun(ReadOnlySpan<char> part)
    {
        if (!part.ContainsAnyExceptInRange('0', '9') || !part.ContainsAnyExcept(part[0]))
            return true;
        if (part.Length < ShortestRun)
            return false;
        Span<char> backwards = stackalloc char[part.Length];
        part.CopyTo(backwards);
        backwards.Reverse();
        foreach (var row in Rows)
        {
            if (row.AsSpan().Contains(part, StringComparison.Ordinal) || row.AsSpan().Contains(backwards, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static HashSet<string> Load()
    {
        using var stream = typeof(GuessedPasswords).Assembly.GetManifestResourceStream("staff/common-passwords")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#').ToHashSet(StringComparer.Ordinal);
    }
}
