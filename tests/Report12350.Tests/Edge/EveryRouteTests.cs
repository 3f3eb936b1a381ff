using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Domain.Access;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;

namespace Report12350.Tests.Edge;

/// <summary>The site as it is when it also has an onion address.</summary>
public sealed class OnionApplication : SqliteApplication
{
    public const string Onion = "http://abcdefghijklmnop.onion";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Site:Onion", Onion + "/");
    }
}

/// <summary>Headers of every address the site has, as the routing itself lists them: a new page cannot be forgotten.</summary>
public sealed partial class EveryRouteTests(OnionApplication app) : IClassFixture<OnionApplication>
{
    private static readonly Role[] Roles = [Role.Dispatcher, Role.Administrator, Role.RewardOfficer, Role.Auditor];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_says_no_other_origin_nothing_kept_and_no_referrer_to_visitors_and_to_staff()
    {
        var filed = await app.FileAsync();
        var paths = Paths(filed.Number);
        paths.Count.ShouldBeGreaterThan(40);
        List<HttpClient> browsers = [app.Browser(followRedirects: false)];
        foreach (var role in Roles)
            browsers.Add(app.BrowserOf(role is Role.Administrator ? await Recruiting.AdministratorAsync(app) : await app.As(role)));
        List<string> wrong = [];
        foreach (var browser in browsers)
        {
            foreach (var path in paths)
                wrong.AddRange((await FaultsAsync(browser, path)).Select(fault => $"{path}: {fault}"));
        }

        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_answer_only_what_browsers_ask()
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        var pages = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>().ToList();
        pages.Count.ShouldBeGreaterThan(40);
        foreach (var page in pages)
        {
            var answered = (await loader.LoadAsync(page, EndpointMetadataCollection.Empty)).HandlerMethods.Select(handler => handler.HttpMethod);
            answered.ShouldBeSubsetOf(["Get", "Post"], page.ViewEnginePath); // what MVC takes for a handler, such as an overridden "OnPage…", anybody could call
        }
    }

    [Fact]
    public async Task Style_sheets_name_no_other_origin()
    {
        var page = await app.Browser().ReadAsync("/");
        foreach (Match sheet in StyleSheet().Matches(page))
            (await app.Browser().GetStringAsync(sheet.Groups["path"].Value, Token)).ShouldNotContain("//", Case.Insensitive, sheet.Value);
    }

    [Theory]
    [InlineData("/", OnionApplication.Onion + "/")]
    [InlineData("/track", OnionApplication.Onion + "/track")]
    [InlineData("/staff/sign-in", null)]
    [InlineData("/no-such-page", null)]
    public async Task Public_pages_say_where_the_onion_is(string path, string? onion)
    {
        var answer = await app.Browser().GetAsync(path, Token);

        answer.Headers.TryGetValues("Onion-Location", out var said);
        said?.Single().ShouldBe(onion);
        (said is null).ShouldBe(onion is null);
    }

    [Fact]
    public async Task On_the_onion_itself_it_is_not_said()
    {
        var browser = app.Browser();
        browser.DefaultRequestHeaders.Host = new Uri(OnionApplication.Onion).Host;

        (await browser.GetAsync("/", Token)).Headers.Contains("Onion-Location").ShouldBeFalse();
    }

    private List<string> Paths(string number) =>
        [.. app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Select(path => Number().Replace(path, number)).Select(path => Parameter().Replace(path, "1")).Distinct().Order(StringComparer.Ordinal)];

    private static async Task<List<string>> FaultsAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, Token);
        var body = answer.Content.Headers.ContentType?.MediaType is "text/html" ? await answer.TextAsync() : "";
        var policy = Of(answer, "Content-Security-Policy");
        var kept = Of(answer, "Cache-Control");
        List<(bool Right, string Fault)> asked =
        [
            (policy.StartsWith("default-src 'none'", StringComparison.Ordinal), "no policy"),
            (!policy.Contains("unsafe", StringComparison.Ordinal) && !policy.Contains("http", StringComparison.Ordinal) && !policy.Contains('*'), policy),
            (kept.StartsWith("no-store", StringComparison.Ordinal) || path.Contains('.'), $"kept: {kept}"),
            (Of(answer, "Referrer-Policy") == "no-referrer", "referrer"),
            (Of(answer, "X-Content-Type-Options") == "nosniff", "sniffed"),
            (Of(answer, "Server").Length == 0 && Of(answer, "X-Powered-By").Length == 0, "says what serves it"),
            (!Elsewhere().IsMatch(body), $"another origin: {Elsewhere().Match(body).Value}"),
            (!InlineCode().IsMatch(body), $"inline: {InlineCode().Match(body).Value}"),
            ((int)answer.StatusCode < 500 || path.StartsWith("/error/", StringComparison.Ordinal), $"{answer.StatusCode}"),
        ];
        return [.. asked.Where(a => !a.Right).Select(a => a.Fault)];
    }

    private static string Of(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    [GeneratedRegex(@"\{number[^}]*\}")]
    private static partial Regex Number();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("""<(script|img|link|form|iframe|source|video|audio|object|embed)\b[^>]*\s(src|href|action|data)="(https?:)?//[^"]*""")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<style|\\sstyle=|\\son[a-z]+=\"|<script(?![^>]*src=)")]
    private static partial Regex InlineCode();

    [GeneratedRegex("href=\"(?<path>/[^\"]+\\.css)\"")]
    private static partial Regex StyleSheet();
}
