using System.Collections.Frozen;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Report12350.Web.Shell;

/// <summary><c>&lt;icon name="camera" /&gt;</c>: a small line drawing (图标) beside a word, never instead of it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper : TagHelper
{
    private static readonly FrozenDictionary<string, string> Drawings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["arrow"] = "M5 12h14M13 6l6 6-6 6",
        ["back"] = "M19 12H5M11 6l-6 6 6 6",
        ["bell"] = "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
        ["calendar"] = "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
        ["camera"] = "M3 8h4l2-3h6l2 3h4v11H3zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
        ["check"] = "M4 12.5l5.5 5.5L20 7",
        ["clock"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
        ["coin"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 7.5L12 12l3.5-4.5M8.5 12.5h7M8.5 15h7M12 12v5.5",
        ["cross"] = "M6 6l12 12M18 6L6 18",
        ["document"] = "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
        ["download"] = "M12 4v11M7 11l5 5 5-5M5 20h14",
        ["edit"] = "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
        ["exit"] = "M10 4H5v16h5M10 12h10M16 8l4 4-4 4",
        ["eye"] = "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
        ["eye-off"] = "M4 4l16 16M9 5.6A9 9 0 0 1 12 5c6 0 10 7 10 7a17 17 0 0 1-3 3.6M6 7.5A17 17 0 0 0 2 12s4 7 10 7a9 9 0 0 0 4-1",
        ["filter"] = "M3 5h18l-7 8v6l-4 2v-8z",
        ["flag"] = "M5 21V4h13l-3 4.5 3 4.5H5",
        ["home"] = "M3 11l9-8 9 8M6 9v11h12V9",
        ["key"] = "M8 15a4 4 0 1 0 0-.1zM11 12l9-9M16 7l3 3",
        ["list"] = "M8 6h13M8 12h13M8 18h13M3 6h1M3 12h1M3 18h1",
        ["lock"] = "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4",
        ["map"] = "M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
        ["message"] = "M4 5h16v11H11l-5 4v-4H4z",
        ["microphone"] = "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 12a6 6 0 0 0 12 0M12 18v3",
        ["person"] = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.5-7 8-7s8 3 8 7",
        ["phone"] = "M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z",
        ["plus"] = "M12 5v14M5 12h14",
        ["print"] = "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
        ["scale"] = "M12 3v18M7 21h10M4 7h16M4 7l-2.5 7h5zM20 7l-2.5 7h5z",
        ["search"] = "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21",
        ["shield"] = "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z",
        ["upload"] = "M12 16V5M7 9l5-5 5 5M5 20h14",
        ["warning"] = "M12 3.5L22 20.5H2zM12 10v5M12 17.5v.5",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("viewBox", "0 0 24 24");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent($"<path d=\"{Drawings[Name]}\"/>");
    }
}
