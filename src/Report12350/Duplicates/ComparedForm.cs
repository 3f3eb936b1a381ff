using System.Text;
using System.Text.RegularExpressions;
using Report12350.Intake;
using Report12350.Profiles;

namespace Report12350.Duplicates;

/// <summary>The form in which two people's words are compared (比对形式): width, case, blanks, punctuation, legal form and place do not count.</summary>
internal static partial class ComparedForm
{
    /// <summary>A name shorter than this is kept whole: what is left of it would fit anybody.</summary>
    private const int ShortestRest = 4;

    /// <summary>A county named further back than this belongs to the name.</summary>
    private const int FurthestCounty = 8;

    /// <summary>Name and town: a 福满楼 in another town is another unit.</summary>
    public static string Unit(ReportAnswers answers, JurisdictionProfile profile)
    {
        var name = LegalForm().Replace(Letters(answers.Unit ?? ""), "");
        if (name.IndexOf(profile.County, StringComparison.Ordinal) is >= 0 and <= FurthestCounty and var at)
            name = Rest(name, at + profile.County.Length);
        if (profile.FindTown(answers.Town)?.Name is { } town)
            name = name.StartsWith(town, StringComparison.Ordinal) ? Rest(name, town.Length)
                : name.StartsWith(town[..^1], StringComparison.Ordinal) ? Rest(name, town.Length - 1) : name;
        return $"{answers.Town}/{name}";
    }

    /// <summary>Each two characters that follow each other, once.</summary>
    public static IReadOnlyCollection<string> Bigrams(string? narrative)
    {
        var letters = Letters(narrative ?? "");
        return letters.Length < 2 ? [letters] : Enumerable.Range(0, letters.Length - 1).Select(i => letters.Substring(i, 2)).ToHashSet(StringComparer.Ordinal);
    }

    private static string Letters(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static string Rest(string name, int from) => name.Length - from < ShortestRest ? name : name[from..];

    [GeneratedRegex("(有限责任公司|股份有限公司|有限公司|分公司|公司|个体工商户|companylimited|colimited|coltd|limited|ltd)+$")]
    private static partial Regex LegalForm();
}
