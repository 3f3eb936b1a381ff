using System.Net;
using System.Text.RegularExpressions;

namespace Report12350.Load;

/// <summary>A page read as a browser without script reads it: its forms, their hidden fields.</summary>
internal sealed partial record Page(string Html)
{
    public static async Task<Page> GetAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode is not HttpStatusCode.OK)
            throw new InvalidOperationException($"GET {path}: {(int)answer.StatusCode}");
        return new Page(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The form whose action ends so (the page's own: its path), filled with its hidden fields and these.</summary>
    public FormUrlEncodedContent Form(string action, params (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(Html).LastOrDefault(f => IsTo(action, Action().Match(f.Groups["tag"].Value)))
            ?? throw new InvalidOperationException($"The page has no form to {action}.");
        var hidden = Hidden().Matches(form.Value).Select(h => new KeyValuePair<string, string>(Name().Match(h.Value).Groups["is"].Value, WebUtility.HtmlDecode(Value().Match(h.Value).Groups["is"].Value)));
        return new FormUrlEncodedContent([.. hidden, .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]);
    }

    public static async Task PostAsync(HttpClient browser, string path, HttpContent form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        await SendAsync(browser, request);
    }

    /// <summary>Sends a form; anything but the redirect of a form taken is an error.</summary>
    public static async Task SendAsync(HttpClient browser, HttpRequestMessage request)
    {
        using var answer = await browser.SendAsync(request);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
            throw new InvalidOperationException($"{request.Method} {request.RequestUri?.OriginalString}: {(int)answer.StatusCode}");
    }

    [GeneratedRegex("(?<tag><form[^>]*>).*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Forms();

    private static bool IsTo(string action, Match written) =>
        WebUtility.HtmlDecode(written.Groups["is"].Value).EndsWith(action, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(" action=\"(?<is>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Action();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex(" name=\"(?<is>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"(?<is>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
