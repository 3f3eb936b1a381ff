using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Report12350.Web.Shell;

/// <summary>A form (表单) without an address of its own goes to its page, and not to the spot on it: with <c>#field</c> in the address a browser shows the field and not what is wrong.</summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class FormAddressTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (output.Attributes.ContainsName("action"))
            return;
        var request = ViewContext.HttpContext.Request;
        output.Attributes.SetAttribute("action", $"{request.PathBase}{request.Path}{request.QueryString}");
    }
}
