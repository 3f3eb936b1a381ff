using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Report12350.Web.Shell;

/// <summary><c>&lt;error-summary /&gt;</c>: what still has to be put right on this page (请更正), each line leading to its field.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper(Texts texts, HtmlEncoder encoder) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var lines = ViewContext.ModelState
            .SelectMany(pair => pair.Value!.Errors.Select(error => (pair.Key, Text: texts.Say(error.ErrorMessage))))
            .Distinct()
            .OrderBy(line => AskedFields.Of(ViewContext) is var asked && asked.IndexOf(line.Key) is var place and >= 0 ? place : asked.Count)
            .ToList();
        if (lines.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("autofocus", "autofocus");
        output.Attributes.SetAttribute("aria-labelledby", "error-summary-title");
        output.Content.SetHtmlContent($"""<h2 id="error-summary-title">{encoder.Encode(texts["shell.error.summary"])}</h2><ul>""");
        foreach (var (key, text) in lines)
        {
            output.Content.AppendHtml(Line(key, encoder.Encode(text)));
        }

        output.Content.AppendHtml("</ul>");
    }

    private static string Line(string key, string text) => key.Length == 0
        ? $"<li>{text}</li>"
        : $"""<li><a href="#{TagBuilder.CreateSanitizedId(key, "_")}">{text}</a></li>""";
}
