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

    /// <summary>The form whose action ends so, filled with its hidden fields and these.</summary>
    public FormUrlEncodedContent Form(string action, params (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(Html).FirstOrDefault(f => WebUtility.HtmlDecode(f.Groups["action"].Value).EndsWith(action, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"The page has no form to {action}.");
        var hidden = Hidden().Matches(form.Value).Select(h => new KeyValuePair<string, string>(Name().Match(h.Value).Groups["is"].Value, WebUtility.HtmlDecode(Value().Match(h.Value).Groups["is"].Value)));
        return new FormUrlEncodedContent([.. hidden, .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]);
    }

    public static async Task PostAsync(HttpClient browser, string path, HttpContent form)
    {
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
            throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode}");
    }

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]*)\".*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex(" name=\"(?<is>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"(?<is>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
