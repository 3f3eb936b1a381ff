using Microsoft.AspNetCore.Mvc.Rendering;

namespace Report12350.Web.Shell;

/// <summary>One answer of a radio or checkbox question (选项), with a line of help under it if it needs one.</summary>
public sealed class Choice : SelectListItem
{
    public Choice(string value, string text, string? hint = null) : base(text, value) => Hint = hint;

    public string? Hint { get; }

    /// <summary>Every value of an enum as an answer, in the words of the procedure.</summary>
    public static IReadOnlyList<Choice> Of<TEnum>(Texts texts) where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(v => new Choice(v.ToString(), texts.Word(v)))];
}
