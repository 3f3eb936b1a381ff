using System.Globalization;
using System.Text;

namespace Report12350.Bot.Dialogues;

/// <summary>An answer offered (选项).</summary>
/// <param name="Value">What it means; never shown.</param>
/// <param name="Also">Other ways to say it.</param>
public sealed record Option(string Value, string Title, params IReadOnlyList<string> Also)
{
    /// <summary>By number, by its words, or by words that only this one has.</summary>
    public static Option? Chosen(IReadOnlyList<Option> options, string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKC).Trim().TrimEnd('。', '.', '!', '、', ')').Trim();
        if (int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number >= 1 && number <= options.Count ? options[number - 1] : null;
        return plain.Length == 0 ? null : Only(options, o => o.IsCalled(plain)) ?? Only(options, o => o.Suggests(plain));
    }

    private static Option? Only(IReadOnlyList<Option> options, Func<Option, bool> which) => options.Where(which).Take(2).ToList() is [var only] ? only : null;

    private bool IsCalled(string words) => Also.Append(Title).Append(Value).Contains(words, StringComparer.OrdinalIgnoreCase);

    private bool Suggests(string words) => words.Length > 1
        && (Title.Contains(words, StringComparison.OrdinalIgnoreCase) || Also.Any(also => also.Length > 1 && words.Contains(also, StringComparison.OrdinalIgnoreCase)));
}
