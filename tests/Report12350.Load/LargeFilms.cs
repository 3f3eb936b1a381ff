using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Report12350.Evidence;
using Report12350.Intake;

namespace Report12350.Load;

/// <summary>Whether memory grows with the file: a film of 50 MB and one of 500 MB, sent, cleaned (and scanned where a clamd is named), looked at by range and downloaded whole.</summary>
internal static class LargeFilms
{
    private const int Short = 50;
    private const int Long = 500;
    private const int Rounds = 3;
    private const long MostGrowth = 30;

    public static async Task<bool> CompareAsync(string? clamd)
    {
        await using var laid = await LaidOut.StartAsync(clamd is null ? [] : ["--Scanning:Clamd", clamd]);
        var officer = await laid.Door.DispatcherAsync();
        Console.WriteLine("| film over HTTPS | most resident while sent | fetched by range | downloaded whole | limit | |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var film = await MakeAsync(laid.Site.Folder, 1);
        await PassAsync(laid, officer, film); // the first of everything is compiled as it runs
        var (less, more) = (await PassAsync(laid, officer, film), await PassAsync(laid, officer, await MakeAsync(laid.Site.Folder, Long / Short)));
        var held = more.Zip(less).All(pair => pair.First - pair.Second <= MostGrowth);
        Print(Short, less, " | ");
        Print(Long, more, $"≤ {MostGrowth} MB more | {(held ? "held" : "MISSED")}");
        return held;
    }

    /// <summary>The most memory that was resident while it was sent, fetched by range and downloaded.</summary>
    private static async Task<long[]> PassAsync(LaidOut laid, string cookie, string film)
    {
        var draft = await laid.Door.ReadyDraftAsync(0);
        var sent = await PeakAsync(laid.Site, () => SendAsync(laid, draft, film));
        var pass = DraftPass.Parse(draft[(draft.IndexOf('=', StringComparison.Ordinal) + 1)..])!;
        var (id, said) = (await laid.Door.Send(new ReadDraft(pass)))!.Content.Files.Single();
        if (said.Copy is null)
        {
            Console.Error.WriteLine($"{said.Length / (1024 * 1024)} MB: not cleaned ({said.Uncleaned}), shown as it is");
            await laid.Door.Send(new ShowDraftFileAsSent(pass, id, Shown: true));
        }

        await laid.FileAsync(draft);
        using var officer = laid.Site.Browser(cookie);
        var length = said.Copy?.Length ?? said.Length;
        return
        [
            sent,
            await PeakAsync(laid.Site, async () =>
            {
                for (var round = 0; round < Rounds; round++)
                    await FetchAsync(officer, $"/files/{id}/play", new RangeHeaderValue(round * length / Rounds, null));
            }),
            await PeakAsync(laid.Site, () => FetchAsync(officer, $"/files/{id}", null)),
        ];
    }

    private static async Task SendAsync(LaidOut laid, string draft, string path)
    {
        using var browser = laid.Site.Browser(draft);
        browser.Timeout = Timeout.InfiniteTimeSpan;
        await using var film = File.OpenRead(path);
        using var begin = new HttpRequestMessage(HttpMethod.Post, "/evidence/files") { Content = new StreamContent(film) };
        begin.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        begin.Headers.Add("Tus-Resumable", "1.0.0");
        begin.Headers.Add("Upload-Length", film.Length.ToString(CultureInfo.InvariantCulture));
        begin.Headers.Add("Upload-Metadata", "filename " + Convert.ToBase64String("a.mp4"u8));
        using var sent = await browser.SendAsync(begin);
        if (sent.EnsureSuccessStatusCode().Headers.GetValues("Upload-Offset").Single() != begin.Headers.GetValues("Upload-Length").Single())
            throw new InvalidOperationException("Not all of it was taken.");
    }

    private static async Task FetchAsync(HttpClient officer, string address, RangeHeaderValue? range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = range;
        using var answer = await officer.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await (await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null);
    }

    private static async Task<long> PeakAsync(SiteUnderLoad site, Func<Task> act)
    {
        site.ForgetPeak();
        var watch = Stopwatch.StartNew();
        await act();
        Console.Error.WriteLine(FormattableString.Invariant($"{watch.Elapsed.TotalSeconds:0.0} s, {site.PeakMegabytes()} MB"));
        return site.PeakMegabytes();
    }

    /// <summary>Pictures that can't be made small, about 50 MB of them, so many times one after the other. It lies in the site's folder, which goes with the run.</summary>
    private static async Task<string> MakeAsync(string folder, int times)
    {
        var film = Path.Combine(folder, "film.mp4");
        if (times == 1)
        {
            await RunAsync(["-f", "lavfi", "-i", "nullsrc=s=1280x720:r=25,geq=random(1)*255:128:128", "-frames:v", "36", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", "-pix_fmt", "yuv420p", film]);
            return film;
        }

        var whole = Path.Combine(folder, "whole.mp4");
        await RunAsync(["-stream_loop", (times - 1).ToString(CultureInfo.InvariantCulture), "-i", film, "-c", "copy", whole]);
        return whole;
    }

    private static async Task RunAsync(string[] words)
    {
        using var process = Process.Start("ffmpeg", ["-v", "error", .. words]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("ffmpeg made no film.");
    }

    private static void Print(int megabytes, long[] peaks, string verdict) =>
        Console.WriteLine($"| {megabytes} MB | {string.Join(" | ", peaks.Select(peak => $"{peak} MB"))} | {verdict} |");
}
