using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Report12350.Bot.Protocol;

/// <summary>A place shared in a conversation (分享的位置): the protocol's <c>GeoCoordinates</c>, which are WGS-84. It is said in words, as on every channel.</summary>
public static partial class SharedPlace
{
    private const int LongestName = 100;

    /// <summary>The same activity with the place as its text; unchanged when it says something itself or shares none.</summary>
    public static Activity InWords(Activity said) => string.IsNullOrWhiteSpace(said.Text) && WordsOf(said) is { } place ? said with { Text = place } : said;

    /// <summary>Whether this is a place in words and nothing more; WeChat's are in Chinese map coordinates.</summary>
    public static bool Is(string text) => Words().IsMatch(text);

    [GeneratedRegex(@"^.{0,100}\(-?[\d.]{1,20}, -?[\d.]{1,20} (WGS-84|GCJ-02)\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Words();

    private static string? WordsOf(Activity said)
    {
        if (said.Rest?.TryGetValue("entities", out var entities) is not true || entities.ValueKind is not JsonValueKind.Array)
            return null;
        foreach (var entity in entities.EnumerateArray().Where(entity => TextOf(entity, "type") == "GeoCoordinates"))
        {
            if (NumberOf(entity, "latitude", 90) is { } latitude && NumberOf(entity, "longitude", 180) is { } longitude)
                return string.Create(CultureInfo.InvariantCulture, $"{TextOf(entity, "name")} ({latitude:0.00000}, {longitude:0.00000} WGS-84)").Trim();
        }

        return null;
    }

    private static string? TextOf(JsonElement entity, string name) =>
        entity.ValueKind is JsonValueKind.Object && entity.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: <= LongestName } text ? text : null;

    private static double? NumberOf(JsonElement entity, string name, double most) =>
        entity.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) <= most ? number : null;
}
