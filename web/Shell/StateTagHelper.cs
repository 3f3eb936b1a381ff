using Microsoft.AspNetCore.Razor.TagHelpers;
using Report12350.Domain.Reports;

namespace Report12350.Web.Shell;

/// <summary><c>&lt;state of="report.State" /&gt;</c>: where a report stands (状态), as a word in a tag.</summary>
[HtmlTargetElement("state", Attributes = "of", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StateTagHelper(Texts texts) : TagHelper
{
    public ReportState Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var end = Of is ReportState.ClosedOut or ReportState.Closed;
        var passive = Of is ReportState.Declined or ReportState.Transferred or ReportState.Merged;
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", end ? "tag done" : passive ? "tag quiet" : "tag");
        output.Content.SetContent(texts.Word(Of));
    }
}

/// <summary><c>&lt;clock left="3" /&gt;</c>: a deadline in words (还剩 3 天, 超期 2 天); amber when soon, red when over.</summary>
[HtmlTargetElement("clock", Attributes = "left", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ClockTagHelper(Texts texts) : TagHelper
{
    /// <summary>Days left; negative when overdue.</summary>
    public int Left { get; set; }

    /// <summary>From how many days on it counts as soon.</summary>
    public int Soon { get; set; } = 3;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Left < 0 ? "tag over" : Left <= Soon ? "tag soon" : "tag quiet");
        output.Content.SetContent(texts.Left(Left));
    }
}
