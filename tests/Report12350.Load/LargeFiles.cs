using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Evidence;
using Report12350.Intake;

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
        await using var sink = await BareProcess.StartAsync("sink", laid.Site.Folder, laid.Site.Certificate);
        using var toSink = laid.Site.Browser(keepsCookies: false);
        var bareFilm = new Uri(sink.Address, "film");
        List<double> sent = [], sentBare = [], fetched = [], fetchedBare = [];
        for (var round = 0; round < Rounds; round++)
        {
            sentBare.Add(await TimeAsync(() => toSink.PutAsync(bareFilm, new ByteArrayContent(Film))));
            sent.Add(await SendAsync(laid, await laid.Door.ReadyDraftAsync(round), 2 * Length));
        }

        var resident = laid.Site.ResidentMegabytes();
        var play = $"/files/{await FileAsync(laid)}/play";
        using var officer = laid.Site.Browser(await laid.Door.DispatcherAsync());
        for (var round = 0; round < Rounds; round++)
        {
            fetchedBare.Add(await TimeAsync(() => toSink.GetAsync(bareFilm)));
            fetched.Add(await TimeAsync(() => FetchAsync(officer, play)));
        }

        Console.WriteLine("| 50 MB over HTTPS | the site | bare sink | share | RSS | limit | |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        return Judge("sent, sealed and on the disk before the answer", sent, sentBare, resident)
            & Judge("fetched by range", fetched, fetchedBare, laid.Site.ResidentMegabytes());
    }

    /// <summary>50 MB by tus into a draft, of a film that is so long; a whole one is hashed and put with the draft before the answer.</summary>
    private static async Task<double> SendAsync(LaidOut laid, string draft, int whole)
    {
        using var browser = laid.Site.Browser(draft);
        using var begin = new HttpRequestMessage(HttpMethod.Post, "/evidence/files");
        begin.Headers.Add("Tus-Resumable", "1.0.0");
        begin.Headers.Add("Upload-Length", whole.ToString(CultureInfo.InvariantCulture));
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

    /// <summary>A report with the film, which is no film and so nothing that could be cleaned: its reporter lets it be seen as it is. Its id.</summary>
    private static async Task<Guid> FileAsync(LaidOut laid)
    {
        var draft = await laid.Door.ReadyDraftAsync(Rounds);
        await SendAsync(laid, draft, Length);
        var pass = DraftPass.Parse(draft[(draft.IndexOf('=', StringComparison.Ordinal) + 1)..])!;
        var film = await laid.Door.Read(db => db.EvidenceFiles.Where(f => f.DraftId == pass.Id).Select(f => f.Id).SingleAsync());
        await laid.Door.Send(new ShowDraftFileAsSent(pass, film, Shown: true));
        await laid.FileAsync(draft);
        return film;
    }

    private static async Task<HttpResponseMessage> FetchAsync(HttpClient officer, string play)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, play);
        request.Headers.Range = new RangeHeaderValue(0, null);
        return await officer.SendAsync(request);
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
