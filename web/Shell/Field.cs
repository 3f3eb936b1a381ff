using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Report12350.Web.Shell;

/// <summary>What a question knows of its field (字段): name, values as typed or as kept, and what is wrong with them.</summary>
internal sealed record Field(string Name, string Id, string Label, string? Hint, string? Error, IReadOnlyList<string> Values)
{
    public string HintId => $"{Id}-hint";

    public string ErrorId => $"{Id}-error";

    public string Value => Values.Count > 0 ? Values[0] : "";

    public static Field Of(QuestionTagHelper question, ViewContext view, Texts texts)
    {
        var name = view.ViewData.TemplateInfo.GetFullHtmlFieldName(question.For.Name);
        view.ModelState.TryGetValue(name, out var entry);
        var typed = entry?.RawValue switch
        {
            string one => [one],
            string[] several => several,
            _ => entry?.AttemptedValue is { } value ? [value] : (IReadOnlyList<string>?)null,
        };
        var error = entry?.Errors.Count > 0 ? string.Join('\n', entry.Errors.Select(e => texts.Say(e.ErrorMessage)).Distinct()) : null;
        return new Field(
            name,
            TagBuilder.CreateSanitizedId(name, "_"),
            texts.Say(question.Label),
            question.Hint is { Length: > 0 } hint ? texts.Say(hint) : null,
            error,
            typed ?? Kept(question.For.Model));
    }

    public bool Has(string? value) => Values.Contains(value ?? "", StringComparer.OrdinalIgnoreCase);

    public void Describe(TagBuilder control)
    {
        var notes = new[] { Hint is null ? null : HintId, Error is null ? null : ErrorId }.Where(n => n is not null).ToArray();
        if (notes.Length > 0)
        {
            control.Attributes["aria-describedby"] = string.Join(' ', notes);
        }

        if (Error is not null && control.TagName != "fieldset")
        {
            control.Attributes["aria-invalid"] = "true";
        }
    }

    private static IReadOnlyList<string> Kept(object? model) => model switch
    {
        null => [],
        string text => [text],
        IEnumerable many => [.. many.Cast<object?>().Select(Written)],
        _ => [Written(model)],
    };

    private static string Written(object? value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        decimal amount => amount.ToString("0.##", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
