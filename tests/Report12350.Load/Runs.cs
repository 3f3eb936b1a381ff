using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Report12350.Duplicates;

namespace Report12350.Load;

/// <summary>The runs, each against a site of its own on an empty folder, each with its limit.</summary>
internal static class Runs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> AllAsync(string[] args)
    {
        var asked = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal) && !char.IsAsciiDigit(a[0])).ToList();
        if (asked.Contains("timing"))
            return await Timing.AllAsync(Number(args, "--times", 2000), asked.FindAll(a => a != "timing")) ? 0 : 1;
        if (asked.Contains("flood"))
            return await Flood.DrillAsync(Number(args, "--posts", 10_000), Number(args, "--clients", 64)) ? 0 : 1;
        if (asked.Contains("files") && args.Contains("--large"))
            return await LargeFilms.CompareAsync(args.SkipWhile(a => a != "--clamd").Skip(1).FirstOrDefault()) ? 0 : 1;
        if (asked.Contains("files"))
            return await LargeFiles.CompareAsync() ? 0 : 1;
        var reports = Number(args, "--reports", 100_000);
        var trackers = Number(args, "--trackers", 1000);
        if (asked.Contains("trackers") && args.Contains("--bare"))
            return await BareTrackersAsync(trackers);
        Console.WriteLine("| run | requests | rate | p50 | p99 | max | errors | RSS | limit | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        List<Figures> all = [];
        if (Wanted("filing"))
            all.AddRange(await FilingAsync());
        if (Wanted("receipt"))
            all.Add(await ReceiptAsync());
        if (Wanted("worklist"))
            all.Add(await WorklistAsync(reports));
        if (Wanted("duplicates"))
            all.AddRange(await DuplicatesAsync(reports));
        if (Wanted("trackers"))
            all.Add(await TrackersAsync(trackers));
        if (Wanted("chat"))
            all.Add(await Conversations.AnswerAsync(Number(args, "--people", 100)));
        return all.TrueForAll(f => f.Held) ? 0 : 1;

        bool Wanted(string run) => asked.Count == 0 || asked.Contains(run);
    }

    /// <summary>The last page sent: number and receipt in the answer's place, saved and on the disk.</summary>
    private static async Task<IReadOnlyList<Figures>> FilingAsync()
    {
        const int Each = 600;
        await using var laid = await LaidOut.StartAsync();
        var one = new Figures("file a report, 1 client", "≥ 40/s, p50 ≤ 25 ms");
        var eight = new Figures("file a report, 8 clients", "≥ 80/s, 0 errors");
        await FileAsync(laid, one, 1, Each);
        await FileAsync(laid, eight, 8, Each / 4);
        var filed = await laid.Door.Read(db => db.Reports.CountAsync());
        if (filed != one.Count + eight.Count)
            throw new InvalidOperationException($"{one.Count + eight.Count} acknowledged, {filed} in the database.");
        return [one.Judge(f => f is { Rate: >= 40, P50: <= 25 }), eight.Judge(f => f.Rate >= 80)];
    }

    /// <summary>Each client has one connection, as a browser that came this far has; each filing is another draft's.</summary>
    private static async Task FileAsync(LaidOut laid, Figures figures, int clients, int each)
    {
        List<(HttpClient Browser, List<HttpRequestMessage> Filings)> ready = [];
        for (var c = 0; c < clients; c++)
        {
            var browser = laid.Site.Browser(keepsCookies: false);
            List<HttpRequestMessage> filings = [];
            for (var i = 0; i < each; i++)
                filings.Add(await ReadyAsync(laid, browser, (c * each) + i));
            ready.Add((browser, filings));
        }

        await figures.RunAsync(laid.Site, clients, async c =>
        {
            foreach (var filing in ready[c].Filings)
                await figures.TimeAsync(() => Page.SendAsync(ready[c].Browser, filing));
        });
        foreach (var (browser, _) in ready)
            browser.Dispose();
    }

    /// <summary>A draft whose last page was read, and the request that files it.</summary>
    private static async Task<HttpRequestMessage> ReadyAsync(LaidOut laid, HttpClient browser, int i)
    {
        var draft = await laid.Door.ReadyDraftAsync(i);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/report/check");
        asked.Headers.Add("Cookie", draft);
        using var page = await browser.SendAsync(asked);
        var cookies = page.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]).Where(c => !c.StartsWith("__Host-draft", StringComparison.Ordinal)).Append(draft) : [draft];
        var filing = new HttpRequestMessage(HttpMethod.Post, "/report/check")
        {
            Content = new Page(await page.Content.ReadAsStringAsync()).Form("/report/check", ("TruthPledged", "true")),
        };
        filing.Headers.Add("Cookie", string.Join("; ", cookies));
        return filing;
    }

    /// <summary>Signs in by receipt; the slow hash is the cost a guesser pays.</summary>
    private static async Task<Figures> ReceiptAsync()
    {
        const int Times = 200;
        await using var laid = await LaidOut.StartAsync();
        var receipt = (await laid.FileOneAsync()).Receipt;
        var figures = new Figures("sign in by receipt, 2 clients", "p50 ≤ 80 ms");
        await figures.RunAsync(laid.Site, 2, async _ =>
        {
            using var browser = laid.Site.Browser();
            var page = await Page.GetAsync(browser, "/track");
            for (var i = 0; i < Times / 2; i++)
            {
                using var form = page.Form("/track", ("Receipt", receipt));
                await figures.TimeAsync(() => Page.PostAsync(browser, "/track", form));
            }
        });
        return figures.Judge(f => f.P50 <= 80);
    }

    private static async Task<Figures> WorklistAsync(int reports)
    {
        await using var laid = await LaidOut.StartAsync();
        var watch = Stopwatch.StartNew();
        await ManyReports.LayOutAsync(laid.Door, reports);
        Console.Error.WriteLine($"{reports} reports laid out in {watch.Elapsed.TotalSeconds:0} s");
        using var browser = laid.Site.Browser(await laid.Door.DispatcherAsync());
        var figures = new Figures(FormattableString.Invariant($"worklist, first page, {reports:#,0} reports"), "p50 ≤ 10 ms");
        for (var i = 0; i < 50; i++)
            await Page.GetAsync(browser, "/staff");
        await figures.RunAsync(laid.Site, 1, async _ =>
        {
            for (var i = 0; i < 300; i++)
                await figures.TimeAsync(() => Page.GetAsync(browser, "/staff"));
        });
        return figures.Judge(f => f.P50 <= 10);
    }

    /// <summary>Duplicates of one report among many: as the first who asks after a start, and then.</summary>
    private static async Task<IReadOnlyList<Figures>> DuplicatesAsync(int reports)
    {
        await using var laid = await LaidOut.StartAsync();
        await ManyReports.LayOutAsync(laid.Door, reports, withFingerprints: true);
        var dispatcher = await laid.Door.MemberAsync("load.duplicates", Domain.Access.Role.Dispatcher);
        var ids = await laid.Door.Read(db => db.Reports.OrderBy(r => r.Number).Select(r => r.Id).Take(300).ToListAsync());
        var first = new Figures(FormattableString.Invariant($"duplicates, first look after a start, {reports:#,0} reports"), "≤ 5 s");
        var then = new Figures(FormattableString.Invariant($"duplicates, a lookup, {reports:#,0} reports"), "p50 ≤ 20 ms");
        await first.RunAsync(laid.Site, 1, _ => first.TimeAsync(() => laid.Door.AsAsync(dispatcher, new FindDuplicates(ids[0]))));
        await then.RunAsync(laid.Site, 1, async _ =>
        {
            foreach (var id in ids)
                await then.TimeAsync(() => laid.Door.AsAsync(dispatcher, new FindDuplicates(id)));
        });
        return [first.Judge(f => f.Max <= 5000), then.Judge(f => f.P50 <= 20)];
    }

    /// <summary>From the moment the officer's click is sent to each listener's frame, on a site where officers have clicked before.</summary>
    private static async Task<Figures> TrackersAsync(int listeners)
    {
        const int Before = 5;
        await using var laid = await LaidOut.StartAsync();
        using var officer = laid.Site.Browser(await laid.Door.DispatcherAsync());
        for (var i = 0; i < Before; i++)
            await AcceptAsync(laid, officer, 1, new Figures("", ""));
        var figures = new Figures(FormattableString.Invariant($"status change to {listeners:#,0} listening trackers"), "last ≤ 200 ms");
        await AcceptAsync(laid, officer, listeners, figures);
        return figures.Judge(f => f.Max <= 200);
    }

    /// <summary>The memory of as many listeners where there is nothing to hear.</summary>
    private static async Task<int> BareTrackersAsync(int listeners)
    {
        await using var laid = await LaidOut.StartAsync();
        await using var hub = await BareProcess.StartAsync("hub", laid.Site.Folder, laid.Site.Certificate);
        var alone = hub.ResidentMegabytes();
        var all = await Listener.ManyAsync(listeners, new Uri(hub.Address, BareHub.Path));
        Console.WriteLine(FormattableString.Invariant($"A bare hub: {alone} MB, with {listeners:#,0} listeners {hub.ResidentMegabytes()} MB."));
        all.ForEach(listener => listener.Dispose());
        return 0;
    }

    private static async Task AcceptAsync(LaidOut laid, HttpClient officer, int listeners, Figures figures)
    {
        var filed = await laid.FileOneAsync();
        var cookie = await laid.Door.TrackingAsync(filed.Receipt);
        var all = await Listener.ManyAsync(listeners, new Uri(laid.Site.Address, "/hubs/progress?kind=report"), cookie);
        var path = $"/staff/reports/{filed.Number}";
        var page = await Page.GetAsync(officer, path);
        using var form = page.Form("handler=Accept");
        await figures.RunAsync(laid.Site, 1, async _ =>
        {
            var clicked = Stopwatch.GetTimestamp();
            await Page.PostAsync(officer, $"{path}?handler=Accept", form);
            foreach (var listener in all)
                figures.Add(Stopwatch.GetElapsedTime(clicked, await listener.Heard.WaitAsync(Patience)).TotalMilliseconds);
        });
        foreach (var listener in all)
            listener.Dispose();
    }

    private static int Number(string[] args, string option, int otherwise) =>
        Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1]) : otherwise;

    /// <summary>One open tracking page: a WebSocket of its own that speaks SignalR's JSON protocol.</summary>
    private sealed class Listener(ClientWebSocket socket) : IDisposable
    {
        private const char End = '\u001e';
        private readonly TaskCompletionSource<long> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>When the frame came, as a timestamp of this process.</summary>
        public Task<long> Heard => heard.Task;

        public static async Task<List<Listener>> ManyAsync(int count, Uri hub, string cookie = "")
        {
            List<Listener> all = [];
            foreach (var some in Enumerable.Range(0, count).Chunk(50))
                all.AddRange(await Task.WhenAll(some.Select(_ => StartAsync(hub, cookie))));
            return all;
        }

        private static async Task<Listener> StartAsync(Uri hub, string cookie)
        {
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Cookie", cookie);
            socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
            await socket.ConnectAsync(new UriBuilder(hub) { Scheme = "wss" }.Uri, CancellationToken.None);
            await socket.SendAsync(Encoding.UTF8.GetBytes($"{{\"protocol\":\"json\",\"version\":1}}{End}"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            var listener = new Listener(socket);
            await listener.ReceiveAsync();
            _ = listener.ListenAsync();
            return listener;
        }

        public void Dispose() => socket.Dispose();

        private async Task ListenAsync()
        {
            try
            {
                while (!(await ReceiveAsync()).Contains("\"changed\"", StringComparison.OrdinalIgnoreCase))
                    continue;
                heard.TrySetResult(Stopwatch.GetTimestamp());
            }
            catch (Exception exception)
            {
                heard.TrySetException(exception);
            }
        }

        private async Task<string> ReceiveAsync()
        {
            var buffer = new byte[1024];
            var got = await socket.ReceiveAsync(buffer, CancellationToken.None);
            return Encoding.UTF8.GetString(buffer, 0, got.Count);
        }
    }
}
