using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Report12350.Staff;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Web;

/// <summary>A visitor without scripts: reads pages, fills in the form in front of them and sends it.</summary>
public sealed class FilingBrowser : IDisposable
{
    public static readonly Uri Site = new("https://localhost");
    private readonly CookieContainer cookies = new();

    public FilingBrowser(ReportApplication app, string? language = null, StaffHands? staff = null)
    {
        Client = app.CreateDefaultClient(Site, new CookieContainerHandler(cookies));
        if (language is not null)
            cookies.Add(Site, new Cookie("lang", language));
        if (staff is not null)
            cookies.Add(Site, new Cookie("__Host-staff", staff.Pass.ToCookie()) { Secure = true });
    }

    public HttpClient Client { get; }

    public string Path { get; private set; } = "/";

    public string Html { get; private set; } = "";

    public IDocument Page { get; private set; } = null!;

    public HttpStatusCode Status { get; private set; }

    public string Token => Page.QuerySelector("main form[method=post] input[name=form-token]")!.GetAttribute("value")!;

    public string? DraftCookie
    {
        get => cookies.GetCookies(Site)["__Host-draft"]?.Value;
        set => cookies.Add(Site, new Cookie("__Host-draft", value) { Secure = true });
    }

    public string? ChatCookie => cookies.GetCookies(Site)["__Host-chat"]?.Value;

    /// <summary>The page's text as read, without the gaps of the markup.</summary>
    public string Text => string.Join(' ', Page.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public async Task<FilingBrowser> OpenAsync(string path)
    {
        await FollowAsync(await Client.GetAsync(path, TestContext.Current.CancellationToken));
        return this;
    }

    /// <summary>Sends the form of this page with its token and these answers.</summary>
    public async Task<FilingBrowser> SendAsync(params (string Name, string Value)[] answers)
    {
        await FollowAsync(await PostAsync(answers));
        return this;
    }

    /// <summary>Sends this page's form to an address of its own.</summary>
    public async Task<FilingBrowser> SendToAsync(string address, params (string Name, string Value)[] answers)
    {
        await FollowAsync(await PostToAsync(address, answers));
        return this;
    }

    public Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] answers) => PostToAsync(Path, answers);

    private Task<HttpResponseMessage> PostToAsync(string address, (string Name, string Value)[] answers)
    {
        var fields = answers.Append(("form-token", Token)).Select(a => new KeyValuePair<string, string>(a.Item1, a.Item2));
        return Client.PostAsync(address, new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    /// <summary>Sends files the way a browser does: the token first, the button last.</summary>
    public async Task<FilingBrowser> UploadAsync(string go, params (string Name, HttpContent Content)[] files)
    {
        await FollowAsync(await UploadAsync(Token, go, files));
        return this;
    }

    public Task<HttpResponseMessage> UploadAsync(string token, string go, params (string Name, HttpContent Content)[] files)
    {
        var form = new MultipartFormDataContent { { new StringContent(token), "form-token" } };
        foreach (var (name, content) in files)
        {
            // What a browser sends for a file field left empty already says so.
            if (content.Headers.ContentDisposition is not null)
                form.Add(content);
            else
                form.Add(content, "Files", name);
        }

        form.Add(new StringContent(go), "go");
        return Client.PostAsync("/report/evidence", form, TestContext.Current.CancellationToken);
    }

    /// <summary>What is said beside a field, after checking that the field points to it.</summary>
    public string? ErrorOf(string field)
    {
        var id = field.Replace('[', '_').Replace(']', '_');
        var error = Page.GetElementById($"{id}-error");
        if (error is null)
            return null;
        var described = Page.QuerySelectorAll("[aria-describedby]").Any(e => e.GetAttribute("aria-describedby")!.Split(' ').Contains($"{id}-error"));
        described.ShouldBeTrue($"{field} does not point to its error");
        Page.QuerySelector($".error-summary a[href='#{id}']").ShouldNotBeNull($"{field} is missing from the summary");
        return error.TextContent;
    }

    public string? ValueOf(string field) => Page.QuerySelector($"main [name='{field}']") switch
    {
        { LocalName: "textarea" } area => area.TextContent,
        { LocalName: "select" } select => select.QuerySelector("[selected]")?.GetAttribute("value"),
        { } input when input.GetAttribute("type") is "radio" or "checkbox" => Page.QuerySelector($"main [name='{field}'][checked]")?.GetAttribute("value"),
        { } input => input.GetAttribute("value"),
        null => null,
    };

    public void Dispose() => Client.Dispose();

    private async Task FollowAsync(HttpResponseMessage answer)
    {
        while (answer.Headers.Location is { } to)
            answer = await Client.GetAsync(to, TestContext.Current.CancellationToken);
        Status = answer.StatusCode;
        Path = answer.RequestMessage!.RequestUri!.PathAndQuery;
        Html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Page = new HtmlParser().ParseDocument(Html);
    }
}
