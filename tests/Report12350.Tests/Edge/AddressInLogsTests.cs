using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Tests.Hosting;
using Report12350.Web.Security;

namespace Report12350.Tests.Edge;

/// <summary>Real requests through a real port, every log line of every level kept: no address and no agent is among them.</summary>
public sealed partial class AddressInLogsTests
{
    private const string Address = "203.0.113.77";
    private const string Agent = "Marked-Agent/4711";

    [Theory]
    [InlineData("127.0.0.1, ::1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("", false)]
    public async Task Neither_address_nor_agent_is_logged_and_only_a_known_proxy_is_believed(string proxies, bool believed)
    {
        await using var app = new ProxiedApplication(proxies);
        await app.InitializeAsync();
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = app.Site };
        browser.DefaultRequestHeaders.Add("User-Agent", Agent);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", Address);

        foreach (var path in (string[])["/", "/safe", "/report", "/track", "/claim", "/no-such-page", "/staff", "/staff/sign-in", "/altcha"])
            (await browser.GetAsync(path, TestContext.Current.CancellationToken)).Dispose();
        await SendAsync(browser, "/report");
        await SendAsync(browser, "/report/kind", ("Kind", "MajorHazard"));
        await SendAsync(browser, "/track", ("Receipt", Report12350.Confidentiality.Receipt.Generate().Digits));
        await SendAsync(browser, "/claim", ("Number", "29999999999"), ("Code", "00000 00000"));
        await SendAsync(browser, "/staff/sign-in", ("Name", "nobody"), ("Password", "no such password"), ("Code", "000000"));

        var log = string.Join('\n', app.Log.Lines);
        app.Log.Lines.Count.ShouldBeGreaterThan(100);
        log.ShouldNotContain(Address);
        log.ShouldNotContain(Agent);
        Ports().Matches(log).Select(m => m.Groups["port"].Value).Distinct().ShouldBe([$"{app.Site.Port}"]);
        var gauge = app.Services.GetRequiredService<FloodGauge>();
        (gauge.Height(IPAddress.Parse(Address)) > 0).ShouldBe(believed);
        (gauge.Height(IPAddress.Loopback) > 0 || gauge.Height(IPAddress.IPv6Loopback) > 0).ShouldBe(!believed);
    }

    private static async Task SendAsync(HttpClient browser, string path, params (string Name, string Value)[] fields)
    {
        using var page = await browser.GetAsync("/track", TestContext.Current.CancellationToken);
        var token = Pages.TokenIn(await page.TextAsync());
        using var form = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("form-token", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        };
        form.Headers.Add("Cookie", page.CookieIn("__Host-form"));
        using var answer = await browser.SendAsync(form, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Redirect);
    }

    [GeneratedRegex(@"(127\.0\.0\.1|localhost|\[::1\]):(?<port>\d+)")]
    private static partial Regex Ports();

    private sealed class ProxiedApplication(string proxies) : SqliteApplication
    {
        public KeptLog Log { get; } = new();

        protected override bool OnAPort => true;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Site:KnownProxies", proxies);
            builder.UseSetting("Flood:Burst", "3");
            Log.Listen(builder);
        }
    }
}
