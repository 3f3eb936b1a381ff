using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Report12350.Load;

/// <summary>50 MB of evidence to the site and back, in turn with a bare sink that does no more than it must.</summary>
internal static class LargeFiles
{
    private const int Length = 50 * 1024 * 1024;
    private const int Rounds = 7;
    private const double LeastSpeed = 240;
    private const double LeastShare = 0.6;

    private static readonly byte[] Film = MakeFilm();

    public static async Task<bool> CompareAsync()
    {
        await using var laid = await LaidOut.StartAsync();
        await using var sink = await BareSink.StartAsync(laid.Site.Folder, laid.Site.Certificate);
        using var toSink = laid.Site.Browser(keepsCookies: false);
        List<double> site = [], bare = [];
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await TimeAsync(async () => await toSink.PutAsync(new Uri(sink.Address, "film"), new ByteArrayContent(Film))));
            site.Add(await SendAsync(laid));
        }

        Console.WriteLine("| 50 MB over HTTPS | the site | bare sink | share | RSS | limit | |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        return Judge("sent, sealed and on the disk before the answer", site, bare, laid.Site.ResidentMegabytes());
    }

    /// <summary>A piece of a film of two such pieces, by tus, into a draft of its own.</summary>
    private static async Task<double> SendAsync(LaidOut laid)
    {
        using var browser = laid.Site.Browser(await laid.Door.ReadyDraftAsync(0));
        using var begin = new HttpRequestMessage(HttpMethod.Post, "/evidence/files");
        begin.Headers.Add("Tus-Resumable", "1.0.0");
        begin.Headers.Add("Upload-Length", (2 * Length).ToString(CultureInfo.InvariantCulture));
        begin.Headers.Add("Upload-Metadata", "filename " + Convert.ToBase64String("a.mp4"u8));
        using var begun = await browser.SendAsync(begin);
        var address = begun.EnsureSuccessStatusCode().Headers.Location!;
        return await TimeAsync(async () =>
        {
            using var piece = new HttpRequestMessage(HttpMethod.Patch, address) { Content = new ByteArrayContent(Film) };
            piece.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            piece.Headers.Add("Tus-Resumable", "1.0.0");
            piece.Headers.Add("Upload-Offset", "0");
            return await browser.SendAsync(piece);
        });
    }

    private static async Task<double> TimeAsync(Func<Task<HttpResponseMessage>> request)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await request();
        await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return watch.Elapsed.TotalSeconds;
    }

    private static bool Judge(string what, List<double> site, List<double> bare, long resident)
    {
        var (ours, theirs) = (Speed(site), Speed(bare));
        var held = ours >= LeastSpeed || ours >= LeastShare * theirs;
        Console.WriteLine(FormattableString.Invariant(
            $"| {what} | {ours:0} MB/s | {theirs:0} MB/s | {ours / theirs:0.00} | {resident} MB | ≥ {LeastSpeed:0} MB/s or ≥ {LeastShare:0.0} | {(held ? "held" : "MISSED")} |"));
        return held;
    }

    /// <summary>Of the median round.</summary>
    private static double Speed(List<double> seconds) => Length / (1024d * 1024) / seconds.Order().ElementAt(seconds.Count / 2);

    private static byte[] MakeFilm()
    {
        var film = new byte[Length];
        new Random(12350).NextBytes(film);
        "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom"u8.CopyTo(film);
        return film;
    }
}
