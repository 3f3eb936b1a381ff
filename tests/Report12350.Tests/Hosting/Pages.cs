using System.Net;
using System.Text.RegularExpressions;

namespace Report12350.Tests.Hosting;

/// <summary>Reads and sends the site's forms as a browser without script does.</summary>
internal static partial class Pages
{
    public static async Task<string> ReadAsync(this HttpClient browser, string path)
    {
        var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path} → {answer.Headers.Location}");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Opens the page, takes its form token, and sends the fields.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(
        this HttpClient browser, string page, IEnumerable<(string Name, string Value)> fields, string? to = null)
    {
        var token = TokenIn(await browser.ReadAsync(page));
        var form = fields.Append(("form-token", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return await browser.PostAsync(to ?? page, new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
    }

    public static async Task<string> TextAsync(this HttpResponseMessage answer) =>
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static string TokenIn(string page) => Token().Match(page) is { Success: true } found ? found.Groups["token"].Value : throw new InvalidOperationException("No form on the page.");

    public static string? CookieIn(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Select(c => c.Split(';')[0]).LastOrDefault(c => c.StartsWith(name + "=", StringComparison.Ordinal))
            : null;

    [GeneratedRegex("name=\"form-token\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
