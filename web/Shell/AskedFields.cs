using Microsoft.AspNetCore.Mvc.Rendering;

namespace Report12350.Web.Shell;

/// <summary>The fields of a page in the order they were asked (提问顺序), so that a summary drawn by the layout lists faults in that order.</summary>
internal static class AskedFields
{
    private static readonly object Key = new();

    public static List<string> Of(ViewContext view)
    {
        var items = view.HttpContext.Items;
        if (items[Key] is not List<string> asked)
            items[Key] = asked = [];
        return asked;
    }
}
