using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using OtpNet;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>One person at one window.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string Screens = Path.Combine(RepositoryRoot(), "artifacts", "screens");
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private readonly IBrowserContext context;

    public Visitor(IBrowserContext context, IPage page, Uri site)
    {
        this.context = context;
        Page = page;
        Site = site;
        context.Request += (_, request) => Requests.Add(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public Uri Site { get; }

    /// <summary>Every address this window asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What the browser complained of: refused scripts and styles, broken files.</summary>
    public List<string> Complaints { get; } = [];

    public Task GoAsync(string path) => Page.GotoAsync(path);

    public Task FillAsync(string field, string value) => Page.Locator($"[name=\"{field}\"]").FillAsync(value);

    public Task ChooseAsync(string field, string value) => Page.Locator($"input[name=\"{field}\"][value=\"{value}\"]").CheckAsync();

    /// <summary>The page's one primary button.</summary>
    public Task ContinueAsync() => Page.Locator("main form button.primary").First.ClickAsync();

    /// <summary>Signs in the way a member of staff does: name, password, code from the authenticator.</summary>
    public async Task SignInAsync(ReportApplication app, StaffHands hands)
    {
        // A code works once, and the hands have used this half minute's.
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await SignInAsync(hands.Name, hands.Password, Base32Encoding.ToBytes(hands.TotpSecret), app.Time.GetUtcNow());
    }

    public async Task SignInAsync(string name, string password, byte[] secret, DateTimeOffset now)
    {
        await GoAsync("/staff/sign-in");
        await FillAsync("Name", name);
        await FillAsync("Password", password);
        await FillAsync("Code", new Totp(secret).ComputeTotp(now.UtcDateTime));
        await ContinueAsync();
        await Page.WaitForURLAsync("**/staff", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
    }

    /// <summary>Opens an act of a report's page, so that its form can be filled.</summary>
    public async Task<ILocator> TaskAsync(string action)
    {
        var task = Page.Locator($"#task-{action}");
        if (await task.Locator("details").CountAsync() > 0 && await task.Locator("details").First.GetAttributeAsync("open") is null)
            await task.Locator("summary").First.ClickAsync();
        return task;
    }

    public async Task FillTaskAsync(string action, params (string Field, string Value)[] fields)
    {
        await TaskAsync(action);
        foreach (var (field, value) in fields)
            await Page.Locator($"#task-{action} [name=\"Form.{action}.{field}\"]").First.FillAsync(value);
    }

    public Task SendTaskAsync(string action) => Page.Locator($"#Form_{action} button.button").Last.ClickAsync();

    /// <summary>What axe found on the pages looked at, and pages wider than the window.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Axe looks, what sticks out sideways is noted; and a picture of the page is kept.</summary>
    public async Task LookAsync(string name)
    {
        await PictureAsync(name);
        var width = Page.ViewportSize!.Width;
        var actual = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (actual > width)
            Findings.Add($"{name} is {actual} wide in a window of {width}");
        await Page.EvaluateAsync(Axe);
        var found = await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run({
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
            })).violations.map(v => `${v.id} ${v.help}: ${v.nodes.map(n => n.html).join(' | ')}`)
            """);
        Findings.AddRange(found.Select(finding => $"{name}: {finding}"));
    }

    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Screens, Page.ViewportSize!.Width < 600 ? "phone" : "desktop", $"{name}.png"),
        FullPage = true,
    });

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Report12350.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
