using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;

namespace Report12350.Load;

/// <summary>Ten thousand junk forms from one network, while people without script file reports from the same network and others read the pages.</summary>
internal static partial class Flood
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly string[] Read = ["/", "/safe", "/keep", "/report", "/track", "/claim"];

    private static readonly (string Page, (string, string)[] Answers)[] Answers =
    [
        ("/report", []),
        ("/report/kind", [("Kind", "GeneralHazard")]),
        ("/report/sector", [("Sector", "gas")]),
        ("/report/where", [("Town", "gongping"), ("Place", "人民路某超市二楼")]),
        ("/report/unit", [("Unit", "某餐馆"), ("UnitCreditCode", "")]),
        ("/report/before", [("Before", "first")]),
        ("/report/what", [("Narrative", "厨房用的煤气瓶放在楼梯间,没有报警器。夜里锁门。"), ("Witnesses", ""), ("ReportedElsewhere", "")]),
        ("/report/criteria", [("Criteria", "none")]),
        ("/report/when", [("When", "昨天下午"), ("StillGoingOn", "True"), ("Urgent", "False")]),
        ("/report/evidence", []),
        ("/report/who", [("Anonymity", "Anonymous")]),
        ("/report/reward", [("RewardWanted", "False")]),
        ("/report/check", [("TruthPledged", "true")]),
    ];

    public static async Task<bool> DrillAsync(int posts, int clients)
    {
        await using var laid = await LaidOut.StartAsync("--Flood:Burst", "120", "--Flood:SiteBurst", "1200");
        using var over = new CancellationTokenSource();
        var left = posts;
        var junk = new Figures($"junk forms, {clients} at once", "");
        var steps = new Figures("a step of an honest report, no script", "each ≤ 5 s");
        var pages = new Figures("a public page read meanwhile", "each ≤ 5 s, 0 errors");
        Dictionary<HttpStatusCode, int> answers = [];
        var reading = pages.RunAsync(laid.Site, 1, _ => ReadAsync(laid, pages, over.Token));
        var flood = junk.RunAsync(laid.Site, clients, i => JunkAsync(laid, junk, answers, i, () => Interlocked.Decrement(ref left) >= 0));
        var reports = 0;
        await steps.RunAsync(laid.Site, 1, async _ =>
        {
            while (Volatile.Read(ref left) > posts * 0.9)
                await Task.Delay(50);
            while (Volatile.Read(ref left) > 0 && steps.Errors == 0)
            {
                await ReportAsync(laid, steps);
                reports++;
            }
        });
        await flood;
        await over.CancelAsync();
        await reading;
        var filed = await laid.Door.Read(db => db.Reports.CountAsync());
        junk.Judge(f => f.Count == posts);
        steps.Judge(f => f.Max <= Longest.TotalMilliseconds);
        pages.Judge(f => f.Max <= Longest.TotalMilliseconds);
        Console.WriteLine($"{reports} honest reports sent during the flood, {filed} in the database; junk was answered {string.Join(", ", answers.Select(a => $"{(int)a.Key} × {a.Value}"))}.");
        return junk.Held && steps.Held && pages.Held && reports > 0 && filed == reports;
    }

    /// <summary>One client: a form's token of its own, used for all it sends: receipts that open nothing, drafts that lead nowhere.</summary>
    private static async Task JunkAsync(LaidOut laid, Figures figures, Dictionary<HttpStatusCode, int> answers, int client, Func<bool> more)
    {
        using var browser = laid.Site.Browser(keepsCookies: false);
        using var page = await browser.GetAsync(new Uri("/track", UriKind.Relative));
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value;
        var cookie = page.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("__Host-form", StringComparison.Ordinal)).Split(';')[0];
        for (var i = client; more(); i++)
        {
            var path = i % 2 == 0 ? "/track" : "/report";
            using var form = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([new("form-token", token), new("Receipt", Receipt.Generate().Digits)]),
            };
            form.Headers.Add("Cookie", cookie);
            await figures.TimeAsync(async () =>
            {
                using var answer = await browser.SendAsync(form);
                lock (answers)
                    answers[answer.StatusCode] = answers.GetValueOrDefault(answer.StatusCode) + 1;
            });
        }
    }

    private static async Task ReadAsync(LaidOut laid, Figures figures, CancellationToken over)
    {
        using var browser = laid.Site.Browser();
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            await figures.TimeAsync(() => Page.GetAsync(browser, Read[i % Read.Length]));
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>The whole form from the first page to the receipt, and the report opened by it.</summary>
    private static async Task ReportAsync(LaidOut laid, Figures steps)
    {
        using var browser = laid.Site.Browser();
        var path = "/report";
        while (path != "/report/done")
        {
            var here = path;
            await steps.TimeAsync(async () => path = await StepAsync(browser, here));
            if (path == here)
                return;
        }

        var done = (await Page.GetAsync(browser, path)).Html;
        var receipt = string.Concat(Five().Matches(done[done.IndexOf("class=\"digits", StringComparison.Ordinal)..]).Take(5).Select(m => m.Groups["five"].Value));
        await steps.TimeAsync(async () =>
        {
            using var form = (await Page.GetAsync(browser, "/track")).Form("/track", ("Receipt", receipt));
            await Page.PostAsync(browser, "/track", form);
        });
    }

    /// <summary>Reads the page and sends its form; where it leads.</summary>
    private static async Task<string> StepAsync(HttpClient browser, string path)
    {
        var page = await Page.GetAsync(browser, path);
        using HttpContent form = path == "/report/evidence"
            ? new MultipartFormDataContent { { new StringContent(Token().Match(page.Html).Groups["token"].Value), "form-token" }, { new StringContent("next"), "go" } }
            : page.Form(path, Answers.Single(a => a.Page == path).Answers);
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form);
        return answer.Headers.Location?.OriginalString ?? throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode}");
    }

    [GeneratedRegex("form-token\" type=\"hidden\" value=\"(?<token>[^\"]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"<span[^>]*>(?<five>\d{5})</span>", RegexOptions.ExplicitCapture)]
    private static partial Regex Five();
}
