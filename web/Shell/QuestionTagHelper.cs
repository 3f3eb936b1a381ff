using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Report12350.Web.Shell;

/// <summary>
/// <c>&lt;question for="Prop" label="key" kind="text" /&gt;</c>: one question of a form (问题) with its label, hint, error and
/// control, kept as typed after a refusal. What stands between the tags goes in below the hint.
/// </summary>
[HtmlTargetElement("question", Attributes = "for")]
public sealed class QuestionTagHelper(Texts texts) : TagHelper
{
    public ModelExpression For { get; set; } = null!;

    /// <summary>Key of the question's text, or the text.</summary>
    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    /// <summary>text, textarea, select, radios, checkboxes, yesno, checkbox, date, time, file, password, money, number, tel.</summary>
    public string Kind { get; set; } = "text";

    public IEnumerable<SelectListItem> Options { get; set; } = [];

    public int Maxlength { get; set; }

    public string? Autocomplete { get; set; }

    public string? Inputmode { get; set; }

    public int Rows { get; set; } = 8;

    public bool Required { get; set; }

    /// <summary>The label is the page's heading: one question, one page.</summary>
    public bool Heading { get; set; }

    /// <summary>Radios side by side where there is room.</summary>
    public bool Inline { get; set; }

    /// <summary>Width of a one-line box: short (number, code), medium, or full.</summary>
    public string? Width { get; set; }

    public string? Accept { get; set; }

    public bool Capture { get; set; }

    public bool Multiple { get; set; }

    public string? Min { get; set; }

    public string? Max { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var field = Field.Of(this, ViewContext, texts);
        AskedFields.Of(ViewContext).Add(field.Name);
        var grouped = Kind is "radios" or "checkboxes" or "yesno";
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", field.Error is null ? "question" : "question wrong");
        var inside = await output.GetChildContentAsync();
        var body = new HtmlContentBuilder();
        if (Kind != "checkbox")
        {
            body.AppendHtml(grouped ? Wrapped("legend", field) : LabelFor(field));
        }

        body.AppendHtml(Note(field.HintId, "hint", field.Hint)).AppendHtml(inside);
        body.AppendHtml(Note(field.ErrorId, "error", field.Error));
        body.AppendHtml(Controls.Draw(this, field, texts));
        output.Content.SetHtmlContent(grouped ? Fieldset(field, body) : body);
    }

    private IHtmlContent LabelFor(Field field)
    {
        var label = new TagBuilder("label");
        label.Attributes["for"] = field.Id;
        label.InnerHtml.Append(field.Label);
        return Heading ? Around("h1", "question-title", label) : label;
    }

    private IHtmlContent Wrapped(string tag, Field field)
    {
        var inner = new HtmlContentBuilder().Append(field.Label);
        return Around(tag, null, Heading ? Around("h1", "question-title", inner) : inner);
    }

    private static TagBuilder Fieldset(Field field, IHtmlContent body)
    {
        var set = Around("fieldset", null, body);
        field.Describe(set);
        return set;
    }

    private static IHtmlContent Note(string id, string css, string? text)
    {
        if (text is null)
        {
            return HtmlString.Empty;
        }

        var note = new TagBuilder("p");
        note.Attributes["id"] = id;
        note.AddCssClass(css);
        note.InnerHtml.Append(text);
        return note;
    }

    private static TagBuilder Around(string tag, string? css, IHtmlContent inner)
    {
        var element = new TagBuilder(tag);
        if (css is not null)
        {
            element.AddCssClass(css);
        }

        element.InnerHtml.AppendHtml(inner);
        return element;
    }
}
