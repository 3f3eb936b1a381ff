using System.Net;
using System.Text.RegularExpressions;
using Ganss.Xss;

namespace Report12350.Tracking;

/// <summary>What officers write to reporters: simple formatting by a strict allow-list, no attribute at all.</summary>
public static partial class StaffText
{
    public const int LongestText = 5000;

    private static readonly string[] Tags = ["p", "br", "b", "strong", "i", "em", "ul", "ol", "li"];

    public static string Clean(string html)
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase),
            AllowedCssProperties = new HashSet<string>(StringComparer.OrdinalIgnoreCase),
        })
        {
            KeepChildNodes = true,
        };
        return sanitizer.Sanitize(html.Trim());
    }

    /// <summary>The words alone.</summary>
    public static string Plain(string html) =>
        WebUtility.HtmlDecode(Tag().Replace(LineEnd().Replace(Clean(html), "\n"), "")).Trim();

    [GeneratedRegex(@"(<br\s*/?>|</(p|li)>)\s*", RegexOptions.ExplicitCapture)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
