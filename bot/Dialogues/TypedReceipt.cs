using System.Text;
using System.Text.RegularExpressions;
using Report12350.Confidentiality;

namespace Report12350.Bot.Dialogues;

/// <summary>A receipt as people type it into a conversation (对话中的查询码): alone, or after a word such as 查进度. Wherever it comes, it stays out of the log.</summary>
public static partial class TypedReceipt
{
    private const int FewDigits = 2;

    /// <summary>The whole receipt that this is; null when it is none.</summary>
    public static Receipt? In(string? said) => Receipt.TryParse(Before().Replace(said ?? "", ""), out var receipt) ? receipt : null;

    /// <summary>Whether it might be one, or part of one, and so must not be kept.</summary>
    public static bool MayBeIn(string? said, TrackingStep step) =>
        step is TrackingStep.Receipt ? (said ?? "").Count(char.IsDigit) > FewDigits : ManyDigits().IsMatch((said ?? "").Normalize(NormalizationForm.FormKC));

    [GeneratedRegex(@"^\s*(查进度|进度|查询码|查询|track|receipt)?[\s:：,，]*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Before();

    [GeneratedRegex(@"([0-9][\s\p{Pd}\p{Cf}\u2212]*){25}", RegexOptions.ExplicitCapture)]
    private static partial Regex ManyDigits();
}
