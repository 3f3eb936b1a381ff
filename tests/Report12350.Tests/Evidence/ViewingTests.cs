using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ImageMagick;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Domain.Evidence;
using Report12350.Evidence;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tracking;

namespace Report12350.Tests.Evidence;

/// <summary>查看材料 by officers: what plays is asked for in pieces, what is taken away is marked, and each look and each taking is in the audit.</summary>
public abstract class ViewingTests(ReportApplication app)
{
    private static readonly byte[] Film = [0, 0, 0, 24, .. "ftypmp42"u8, .. RandomNumberGenerator.GetBytes(300_000)];

    private static readonly byte[] Wall = Grey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_film_is_played_by_range_and_two_hundred_pieces_are_one_look()
    {
        var (filed, officer, file) = await CaseWithAsync("现场.mp4", Film);
        using var browser = app.BrowserOf(officer);
        var play = $"/files/{file}/play";
        (await browser.ReadAsync($"/staff/reports/{filed.Number}")).ShouldContain($"<video src=\"{play}\"");
        List<byte> seen = [];
        EntityTagHeaderValue? tag = null;
        for (var at = 0; at < Film.Length; at += 1_500)
        {
            using var piece = await PieceAsync(browser, play, new RangeHeaderValue(at, at + 1_499));
            piece.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
            piece.Content.Headers.ContentType!.MediaType.ShouldBe("video/mp4");
            piece.Content.Headers.ContentRange!.Length.ShouldBe(Film.Length);
            tag = piece.Headers.ETag;
            seen.AddRange(await piece.Content.ReadAsByteArrayAsync(Token));
        }

        seen.ShouldBe(Film);
        (await NotedAsync(officer, "ReadEvidence")).ShouldBe(1);
        using var end = await PieceAsync(browser, play, new RangeHeaderValue(null, 70_000));
        (await end.Content.ReadAsByteArrayAsync(Token)).ShouldBe(Film[^70_000..]);
        using var beyond = await PieceAsync(browser, play, new RangeHeaderValue(Film.Length, null));
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        using var same = await PieceAsync(browser, play, new RangeHeaderValue(0, 9), new RangeConditionHeaderValue(tag!));
        same.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        using var another = await PieceAsync(browser, play, new RangeHeaderValue(0, 9), new RangeConditionHeaderValue("\"other\""));
        (another.StatusCode, (await another.Content.ReadAsByteArrayAsync(Token)).Length).ShouldBe((HttpStatusCode.OK, Film.Length));
        (await NotedAsync(officer, "ReadEvidence")).ShouldBe(1);

        app.Time.Advance(EvidenceViews.Pause);
        (await PieceAsync(browser, play, new RangeHeaderValue(0, 9))).StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await NotedAsync(officer, "ReadEvidence")).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_taken_away_is_no_page_and_each_time_is_noted()
    {
        var (filed, officer, file) = await CaseWithAsync("<b>笔录.txt", "楼梯间有气瓶。"u8.ToArray());
        using var browser = app.BrowserOf(officer);

        for (var time = 1; time <= 2; time++)
        {
            using var taken = await browser.GetAsync($"/files/{file}", Token);
            (await taken.Content.ReadAsByteArrayAsync(Token)).ShouldBe("楼梯间有气瓶。"u8.ToArray());
            taken.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
            taken.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            taken.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'");
            taken.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            taken.Headers.GetValues("Cross-Origin-Resource-Policy").Single().ShouldBe("same-origin");
            taken.Headers.CacheControl!.NoStore.ShouldBeTrue();
            (await NotedAsync(officer, "DownloadEvidence")).ShouldBe(time);
        }

        (await browser.GetAsync($"/files/{file}/play", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync($"/files/{file}/picture", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = app.Browser(followRedirects: false);
        (await stranger.GetAsync($"/files/{file}", Token)).Headers.Location!.ToString().ShouldBe("/staff/sign-in");
        (await (await Tracking.Handling.ReporterAsync(app, filed)).GetAsync($"/files/{file}", Token)).Headers.Location!.ToString().ShouldBe("/staff/sign-in");
    }

    [Fact]
    public async Task A_picture_is_small_on_the_page_and_says_who_took_it_away()
    {
        var (filed, officer, file) = await CaseWithAsync("墙.png", Wall);
        using var browser = app.BrowserOf(officer);

        var page = await browser.ReadAsync($"/staff/reports/{filed.Number}");
        var seen = await browser.GetByteArrayAsync($"/files/{file}/picture", Token);
        var small = await browser.GetByteArrayAsync($"/files/{file}/picture?small=true", Token);
        using var answer = await browser.GetAsync($"/files/{file}", Token);
        var taken = await answer.Content.ReadAsByteArrayAsync(Token);

        page.ShouldContain($"<img src=\"/files/{file}/picture?small=true\"");
        page.ShouldContain($"/masks/{file}");
        page.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Wall)));
        (Size(seen), Size(small).Width).ShouldBe(((900u, 600u), 480u));
        Colours(seen).ShouldBe(1);
        answer.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("墙.jpg");
        Size(taken).ShouldBe((900u, 600u));
        Colours(taken).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task The_original_is_an_act_of_its_own()
    {
        var (filed, officer, file) = await CaseWithAsync("墙.png", Wall);
        using var browser = app.BrowserOf(officer);
        var page = $"/staff/evidence/{file}/original";

        using var answer = await browser.SendFormAsync(page, []);

        (await answer.Content.ReadAsByteArrayAsync(Token)).ShouldBe(Wall);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        (await NotedAsync(officer, "ReadOriginal")).ShouldBe(1);
        (await (await Tracking.Handling.ReporterAsync(app, filed)).ReadAsync("/track/report")).ShouldContain(app.Profile.Department(CaseHands.Gas).Name);
        officer.StepsUp = false;
        app.Time.Advance(Report12350.Messaging.StepUp.Fresh);
        using var later = await browser.SendFormAsync(page, []);
        later.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await NotedAsync(officer, "ReadOriginal")).ShouldBe(1);
    }

    private static byte[] Grey()
    {
        using var image = new MagickImage(MagickColors.Gray, 900, 600);
        return image.ToByteArray(MagickFormat.Png);
    }

    private static (uint Width, uint Height) Size(byte[] picture)
    {
        using var image = new MagickImage(picture);
        return (image.Width, image.Height);
    }

    private static int Colours(byte[] picture)
    {
        using var image = new MagickImage(picture);
        return (int)image.TotalColors;
    }

    private static async Task<HttpResponseMessage> PieceAsync(HttpClient browser, string path, RangeHeaderValue range, RangeConditionHeaderValue? same = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = range;
        request.Headers.IfRange = same;
        return await browser.SendAsync(request, Token);
    }

    private async Task<(Filed Filed, StaffHands Officer, Guid File)> CaseWithAsync(string name, byte[] content)
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var officer = await app.As(Role.Officer, CaseHands.Gas, Guid.NewGuid().ToString("N")[..8]);
        officer.StepsUp = true;
        var version = await hands.Version;
        await (await hands.Officer).Send(filed.Id, o => new AddStaffEvidence(o, version, EvidencePurpose.Verification, [new SentFile(name, new MemoryStream(content))]));
        return (filed, officer, (await (await hands.Officer).Send(new ReadCase(filed.Number))).Files[0].Id);
    }

    private Task<int> NotedAsync(StaffHands officer, string act) => app.Read(db => db.Audit.CountAsync(e => e.StaffId == officer.Id && e.Act == act && !e.Refused, Token));
}

public sealed class ViewingOnSqliteTests(SqliteApplication app) : ViewingTests(app), IClassFixture<SqliteApplication>;

public sealed class ViewingOnPostgresTests(PostgresApplication app) : ViewingTests(app), IClassFixture<PostgresApplication>;
