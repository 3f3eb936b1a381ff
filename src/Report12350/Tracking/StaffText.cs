using Ganss.Xss;

namespace Report12350.Tracking;

/// <summary>What officers write to reporters: simple formatting by a strict allow-list, no attribute at all.</summary>
public static class StaffText
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
}
