using Microsoft.Playwright;

namespace Report12350.BrowserTests;

/// <summary>
/// Debian's Chromium, driven by path; nothing is downloaded. Each visitor gets a profile of their own. It is the build without
/// windows of its own: the same engine for a third of the processor's time.
/// </summary>
public class Chromium : IAsyncLifetime
{
    private static readonly string Browser = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Of a browser with something more to it.</summary>
    protected virtual string[] More => [];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        // How long a page may take on a busy machine; what is quick is not slowed by it.
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Browser,
            Headless = true,
            Args = [.. Arguments, .. More],
        });
    }

    /// <summary>A visitor's own window; every request it makes is noted.</summary>
    public async Task<Visitor> VisitAsync(Uri site, bool script = true, int width = 1280, int height = 900, string language = "zh-CN", bool dark = false, bool touch = false)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            JavaScriptEnabled = script,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            IsMobile = touch,
            HasTouch = touch,
        });
        return new Visitor(context, await context.NewPageAsync(), site);
    }

    /// <summary>A browser of its own on this profile folder, as on a reporter's device: closing the window ends it, and what it keeps is on the disk.</summary>
    public async Task<Visitor> VisitOnDeviceAsync(Uri site, string profile, int width = 1280, string language = "zh-CN")
    {
        var context = await playwright!.Chromium.LaunchPersistentContextAsync(profile, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Browser,
            Headless = true,
            Args = Arguments,
            BaseURL = site.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            Locale = language,
        });
        if (language == "en")
            await context.AddCookiesAsync([new Cookie { Name = "lang", Value = "en", Url = site.ToString() }]);
        return new Visitor(context, context.Pages[0], site);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        GC.SuppressFinalize(this);
    }
}
