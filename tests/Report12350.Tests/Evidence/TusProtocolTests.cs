using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain.Evidence;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Evidence;

/// <summary>What tus 1.0.0 requires of a server, and what we require of it.</summary>
public abstract class TusProtocolTests(ReportApplication app)
{
    private const string Marker = "PLANTED-7d2e-secret";
    private const int Long = 200_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_describes_itself()
    {
        using var answer = await (await NewAsync()).Client.SendAsync(HttpMethod.Options, TusClient.Path, null, ("Tus-Resumable", null));

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        TusClient.Header(answer, "Tus-Version").ShouldBe("1.0.0");
        TusClient.Header(answer, "Tus-Extension").ShouldBe("creation,creation-with-upload,termination,checksum,expiration");
        TusClient.Header(answer, "Tus-Max-Size").ShouldBe(TusClient.Text(app.Profile.Uploads.MaxVideoBytes));
        TusClient.Header(answer, "Tus-Checksum-Algorithm").ShouldBe("sha1,sha256");
    }

    /// <summary>One header or word different from a request in order, and the answer.</summary>
    public static TheoryData<string, string, string?, int> Refused() => new()
    {
        { "POST", "Tus-Resumable", null, 412 },
        { "POST", "Tus-Resumable", "0.2.2", 412 },
        { "POST", "Upload-Length", null, 400 },
        { "POST", "Upload-Length", "-1", 400 },
        { "POST", "Upload-Length", "0", 400 },
        { "POST", "Upload-Length", "524288001", 413 },
        { "POST", "Upload-Metadata", "filename ***", 400 },
        { "POST", "Upload-Metadata", "filename YQ==,filename YQ==", 400 },
        { "POST", "Cookie", null, 403 },
        { "POST", "Cookie", "__Host-track=forged", 403 },
        { "HEAD", "Tus-Resumable", null, 412 },
        { "HEAD", "Cookie", null, 403 },
        { "HEAD", "address", "/evidence/files/9d3c1b52-5f3a-4a52-9a59-2f7d5b9a1f11", 404 },
        { "PATCH", "Tus-Resumable", "2.0.0", 412 },
        { "PATCH", "Content-Type", "application/octet-stream", 415 },
        { "PATCH", "Upload-Offset", null, 400 },
        { "PATCH", "Upload-Offset", "-5", 400 },
        { "PATCH", "Upload-Offset", "1", 409 },
        { "PATCH", "Upload-Checksum", "md5 1B2M2Y8AsgTpgAmY7PhCfg==", 400 },
        { "PATCH", "Upload-Checksum", "sha1", 400 },
        { "PATCH", "Upload-Checksum", "sha1 1B2M2Y8AsgTpgAmY7PhCfg==", 400 },
        { "PATCH", "Upload-Checksum", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=", 460 },
        { "PATCH", "Cookie", null, 403 },
        { "PATCH", "address", "/evidence/files/9d3c1b52-5f3a-4a52-9a59-2f7d5b9a1f11", 404 },
        { "DELETE", "Tus-Resumable", null, 412 },
        { "DELETE", "address", "/evidence/files/9d3c1b52-5f3a-4a52-9a59-2f7d5b9a1f11", 404 },
        { "GET", "Tus-Resumable", "1.0.0", 405 },
        { "PUT", "Tus-Resumable", "1.0.0", 405 },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task What_is_not_in_order_is_refused_with_its_status_and_changes_nothing(string method, string header, string? value, int status)
    {
        var (client, pass) = await NewAsync();
        var upload = await client.CreateAsync(Long);
        var address = header == "address" ? value! : method == "POST" ? TusClient.Path : upload;
        (string, string?)[] usual = method == "POST"
            ? [("Upload-Length", TusClient.Text(Long)), ("Upload-Metadata", TusClient.Named("a.mp4")), ("Upload-Offset", null)]
            : [("Upload-Offset", "0")];
        var headers = usual.Where(h => h.Item1 != header).Append((header, value)).Where(h => h.Item1 != "address").ToArray();
        using var answer = await client.SendAsync(new HttpMethod(method), address, method == "PATCH" ? new ByteArrayContent(Video(500)) : null, headers);

        ((int)answer.StatusCode).ShouldBe(status);
        TusClient.Header(answer, "Tus-Resumable").ShouldBe("1.0.0");
        if (status == 412)
            TusClient.Header(answer, "Tus-Version").ShouldBe("1.0.0");
        if (method == "HEAD")
            answer.Headers.Contains("Upload-Offset").ShouldBeFalse();
        (await client.OffsetAsync(upload)).ShouldBe(0);
        (await app.Read(db => db.EvidenceUploads.CountAsync(u => u.DraftId == pass.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task A_file_sent_in_pieces_of_any_size_is_evidence_of_the_draft_once_it_is_whole()
    {
        var (client, pass) = await NewAsync();
        var video = Video(Long);
        var upload = await client.CreateAsync(Long, "..\\现场/楼梯间.mp4");
        var at = 0;
        foreach (var size in (int[])[1, 99, 4000, 65_535, 1, 65_000, 400, 64_964])
        {
            using var answer = await client.PatchAsync(upload, at, video[at..(at += size)]);
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            TusClient.OffsetIn(answer).ShouldBe(at);
            TusClient.Header(answer, "Upload-Expires").ShouldBe((app.Time.GetUtcNow() + TimeSpan.FromHours(24)).ToString("R"));
            (await client.OffsetAsync(upload)).ShouldBe(at);
        }

        at.ShouldBe(Long);
        var (id, file) = (await OpenAsync(pass)).Files.ShouldHaveSingleItem();
        file.ShouldBe(new EvidenceDescription("楼梯间.mp4", "video/mp4", Long, Convert.ToHexStringLower(SHA256.HashData(video))) { Uncleaned = NotCleaned.Unreadable });
        (await ReadAsync(pass, id)).ShouldBe(video);
        (await client.OffsetAsync(upload)).ShouldBe(Long, "who missed the last answer learns that all is there");
        using var again = await client.PatchAsync(upload, Long, []);
        again.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await OpenAsync(pass)).Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_whole_file_may_come_with_its_creation()
    {
        var (client, pass) = await NewAsync();
        var video = Video(Long);
        using var answer = await client.SendAsync(
            HttpMethod.Post, TusClient.Path, new ByteArrayContent(video), ("Upload-Length", TusClient.Text(Long)), ("Upload-Metadata", TusClient.Named("a.mp4")));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        TusClient.OffsetIn(answer).ShouldBe(Long);
        (await OpenAsync(pass)).Files.Values.Single().Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(video)));
    }

    [Fact]
    public async Task Asking_how_far_it_is_says_what_was_said_of_it_and_is_kept_by_nobody()
    {
        var (client, _) = await NewAsync();
        var upload = await client.CreateAsync(Long, metadata: TusClient.Named("a.mp4") + ",empty");
        using var answer = await client.HeadAsync(upload);

        TusClient.Header(answer, "Upload-Length").ShouldBe(TusClient.Text(Long));
        TusClient.Header(answer, "Upload-Metadata").ShouldBe(TusClient.Named("a.mp4") + ",empty");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task The_method_may_be_named_in_a_header()
    {
        var (client, _) = await NewAsync();
        var upload = await client.CreateAsync(Long);
        using var answer = await client.SendAsync(
            HttpMethod.Post, upload, new ByteArrayContent(Video(1000)), ("X-HTTP-Method-Override", "PATCH"), ("Upload-Offset", "0"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.OffsetAsync(upload)).ShouldBe(1000);
    }

    [Fact]
    public async Task What_came_before_the_connection_broke_is_kept_and_goes_on_from_there()
    {
        var (client, pass) = await NewAsync();
        var video = Video(Long);
        var upload = await client.CreateAsync(Long);
        var hanging = new Hanging(video[..150_000]);
        using var connection = new CancellationTokenSource();
        var first = client.SendAsync(HttpMethod.Patch, upload, hanging, connection.Token, ("Upload-Offset", "0"));
        await hanging.Sent;
        await connection.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        var kept = (int)await client.OffsetAsync(upload);
        kept.ShouldBeInRange(1, 150_000);
        using var rest = await client.PatchAsync(upload, kept, video[kept..]);
        rest.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReadAsync(pass, (await OpenAsync(pass)).Files.Keys.Single())).ShouldBe(video);
    }

    [Fact]
    public async Task Who_comes_later_sends_the_earlier_one_away_and_of_two_only_one_writes_on()
    {
        var (client, pass) = await NewAsync();
        var video = Video(Long);
        var upload = await client.CreateAsync(Long);
        var hanging = new Hanging(video[..100_000]);
        var first = client.SendAsync(HttpMethod.Patch, upload, hanging, ("Upload-Offset", "0"));
        await hanging.Sent;

        (await client.PatchAsync(upload, 150_000, video[150_000..])).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        hanging.LetGo();
        await EndOf(first);

        var kept = (int)await client.OffsetAsync(upload);
        kept.ShouldBeLessThanOrEqualTo(100_000);
        var both = await Task.WhenAll(client.PatchAsync(upload, kept, video[kept..]), client.PatchAsync(upload, kept, video[kept..]));
        both.ShouldContain(answer => answer.StatusCode == HttpStatusCode.NoContent);
        var now = (int)await client.OffsetAsync(upload);
        if (now < Long)
            (await client.PatchAsync(upload, now, video[now..])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReadAsync(pass, (await OpenAsync(pass)).Files.Keys.Single())).ShouldBe(video);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Bytes_count_once_their_checksum_is_right(string algorithm)
    {
        var (client, pass) = await NewAsync();
        var video = Video(Long);
        var upload = await client.CreateAsync(Long);
        (await client.PatchAsync(upload, 0, video[..70_000], ("Upload-Checksum", Sum(video[..70_000])))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        byte[] altered = [.. video[70_000..]];
        altered[100_000] ^= 1;
        ((int)(await client.PatchAsync(upload, 70_000, altered, ("Upload-Checksum", Sum(video[70_000..])))).StatusCode).ShouldBe(460);
        (await client.OffsetAsync(upload)).ShouldBe(70_000);
        (await client.PatchAsync(upload, 70_000, video[70_000..], ("Upload-Checksum", Sum(video[70_000..])))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReadAsync(pass, (await OpenAsync(pass)).Files.Keys.Single())).ShouldBe(video);

        string Sum(byte[] bytes) => $"{algorithm} {Convert.ToBase64String(algorithm == "sha1" ? SHA1.HashData(bytes) : SHA256.HashData(bytes))}";
    }

    [Fact]
    public async Task An_upload_given_up_is_gone_with_its_bytes_and_a_whole_one_with_its_evidence()
    {
        var (client, pass) = await NewAsync();
        var broken = await client.CreateAsync(Long);
        await client.PatchAsync(broken, 0, Video(100_000));
        var whole = await client.CreateAsync(1000);
        await client.PatchAsync(whole, 0, Video(1000));
        foreach (var upload in (string[])[broken, whole])
        {
            File.Exists(PathOf(upload)).ShouldBeTrue();
            (await client.SendAsync(HttpMethod.Delete, upload, null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await client.HeadAsync(upload)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            File.Exists(PathOf(upload)).ShouldBeFalse();
        }

        (await OpenAsync(pass)).Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_whose_time_is_over_is_gone_and_collected()
    {
        var filed = await app.FileAsync();
        var client = await TusClient.OfReceiptAsync(app, filed.Receipt);
        var upload = await client.CreateAsync(Long);
        await client.PatchAsync(upload, 0, Video(100_000));
        var id = Guid.Parse(upload[^36..]);
        await app.Read(db => db.EvidenceUploads.Where(u => u.Id == id).ExecuteUpdateAsync(u => u.SetProperty(x => x.ExpiresAt, app.Time.GetUtcNow())));

        (await client.HeadAsync(upload)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await client.PatchAsync(upload, 100_000, Video(1))).StatusCode.ShouldBe(HttpStatusCode.Gone);
        await app.Send(new CollectExpiredDrafts());
        (await client.HeadAsync(upload)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        File.Exists(PathOf(upload)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_else_s_cookie_reaches_it()
    {
        var (client, _) = await NewAsync();
        var upload = await client.CreateAsync(Long);
        var filed = await app.FileAsync();
        foreach (var other in (TusClient[])[(await NewAsync()).Client, await TusClient.OfReceiptAsync(app, filed.Receipt)])
        {
            (await other.HeadAsync(upload)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await other.PatchAsync(upload, 0, Video(10))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await other.SendAsync(HttpMethod.Delete, upload, null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await client.OffsetAsync(upload)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_taken_is_refused_at_its_first_bytes_in_the_visitor_s_words_and_leaves_nothing()
    {
        var (client, _) = await NewAsync();
        var upload = await client.CreateAsync(Long, "程序.mp4");
        using var refused = await client.PatchAsync(upload, 0, [0x4D, 0x5A, 0x90, .. new byte[5000]]);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await refused.Content.ReadAsStringAsync(Token)).ShouldContain("“程序.mp4”没有收下：只收");
        (await client.HeadAsync(upload)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var photo = await client.CreateAsync(app.Profile.Uploads.MaxPhotoBytes + 1, "巨大.jpg");
        using var large = await client.PatchAsync(photo, 0, [0xFF, 0xD8, 0xFF, .. new byte[5000]]);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await large.Content.ReadAsStringAsync(Token)).ShouldContain("超过 20 MB");
        File.Exists(PathOf(photo)).ShouldBeFalse();
    }

    [Fact]
    public async Task Files_on_their_way_count_among_the_files_and_bytes_of_a_report()
    {
        var (client, _) = await NewAsync();
        var limits = app.Profile.Uploads;
        await client.CreateAsync(limits.MaxVideoBytes);
        await client.CreateAsync(limits.MaxVideoBytes);
        using var tooMuch = await client.SendAsync(HttpMethod.Post, TusClient.Path, null, ("Upload-Length", TusClient.Text(limits.MaxReportBytes - (2 * limits.MaxVideoBytes) + 1)));
        tooMuch.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        for (var count = 2; count < limits.MaxFiles; count++)
            await client.CreateAsync(1);
        using var tooMany = await client.SendAsync(HttpMethod.Post, TusClient.Path, null, ("Upload-Length", "1"));
        tooMany.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_file_on_its_way_when_the_draft_is_filed_goes_on_with_the_receipt()
    {
        var (client, pass) = await NewAsync();
        var video = Video(Long);
        var upload = await client.CreateAsync(Long);
        await client.PatchAsync(upload, 0, video[..100_000]);
        var content = await OpenAsync(pass);
        FilingReports.FillIn(content);
        await app.Send(new SaveDraft(pass, content));
        var filed = await app.Send(new FileReport(pass));

        (await client.HeadAsync(upload)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var reporter = await TusClient.OfReceiptAsync(app, filed.Receipt);
        (await reporter.OffsetAsync(upload)).ShouldBe(100_000);
        using var rest = await reporter.PatchAsync(upload, 100_000, video[100_000..]);
        rest.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        rest.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("__Host-track=", StringComparison.Ordinal));
        var id = await app.Read(db => db.Reports.Where(r => r.Number == filed.Number).Select(r => r.Id).SingleAsync());
        (await app.Read(db => db.EvidenceFiles.CountAsync(f => f.ReportId == id))).ShouldBe(1);
        (await app.ReportAsync(id)).Timeline.Count.ShouldBe(2);
        (await reporter.SendAsync(HttpMethod.Delete, upload, null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Neither_name_nor_content_is_anywhere_in_clear_while_it_comes_and_afterwards()
    {
        var (client, _) = await NewAsync();
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Marker, 8000)));
        var upload = await client.CreateAsync(text.Length, $"{Marker}.txt");
        var hanging = new Hanging(text[..100_000]);
        var first = client.SendAsync(HttpMethod.Patch, upload, hanging, ("Upload-Offset", "0"));
        await hanging.Sent;
        FilesWithMarker().ShouldBeEmpty();
        hanging.LetGo();
        await EndOf(first);

        var kept = (int)await client.OffsetAsync(upload);
        FilesWithMarker().ShouldBeEmpty();
        (await client.PatchAsync(upload, kept, text[kept..^10])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        FilesWithMarker().ShouldBeEmpty("the tail lies in the database");
        (await client.PatchAsync(upload, text.Length - 10, text[^10..])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        FilesWithMarker().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SealedSaid")]
    [InlineData("SealedTail")]
    public async Task A_byte_altered_in_what_is_kept_of_it_breaks_its_seal(string column)
    {
        var (client, pass) = await NewAsync();
        var upload = await client.CreateAsync(Long);
        await client.PatchAsync(upload, 0, Video(100_000));
        var id = Guid.Parse(upload[^36..]);
        await app.Read(async db =>
        {
            var row = await db.EvidenceUploads.SingleAsync(u => u.Id == id);
            var altered = db.Entry(row).Property<byte[]>(column);
            altered.CurrentValue = [.. altered.CurrentValue[..^1], (byte)(altered.CurrentValue[^1] ^ 1)];
            return await db.SaveChangesAsync();
        });

        await Should.ThrowAsync<SealBrokenException>(() => app.Send(new ReadUpload(new EvidenceHolder(pass, null), id)));
    }

    private async Task<(TusClient Client, DraftPass Pass)> NewAsync()
    {
        var pass = await app.Send(new StartDraft());
        return (TusClient.OfDraft(app, pass), pass);
    }

    private async Task<DraftContent> OpenAsync(DraftPass pass) => (await app.Send(new ReadDraft(pass)))!.Content;

    private async Task<byte[]> ReadAsync(DraftPass pass, Guid id)
    {
        var content = await OpenAsync(pass);
        var files = app.Services.GetRequiredService<EvidenceFiles>();
        await using var plain = await files.OpenReadAsync(id, ContentKey.From(content.ContentKey).ForFile(id), content.Files[id].Length, Token);
        using var whole = new MemoryStream();
        await plain.CopyToAsync(whole, Token);
        return whole.ToArray();
    }

    private string PathOf(string upload)
    {
        var name = Guid.Parse(upload[^36..]).ToString("N");
        return Path.Combine(app.Folder, "evidence", name[^2..], name);
    }

    private IEnumerable<string> FilesWithMarker() =>
        Directory.GetFiles(app.Folder, "*", SearchOption.AllDirectories).Concat(Directory.GetFiles(Path.GetTempPath(), "ASPNETCORE_*")).Where(Holds).Concat(OpenWithoutName().Where(StillHolds));

    /// <summary>Files the site has open, or mapped into its memory, that no folder names any more.</summary>
    private static IEnumerable<string> OpenWithoutName() =>
        from link in Directory.GetFiles("/proc/self/fd").Concat(Directory.GetFiles("/proc/self/map_files"))
        let file = new FileInfo(link).LinkTarget
        where file?.EndsWith("(deleted)", StringComparison.Ordinal) is true && !file.StartsWith("/memfd:doublemapper", StringComparison.Ordinal)
        select link;

    /// <summary>Other tests' files come and go.</summary>
    private static bool StillHolds(string link)
    {
        try
        {
            return Holds(link);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool Holds(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new BinaryReader(stream);
        return reader.ReadBytes((int)stream.Length).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Marker)) >= 0;
    }

    /// <summary>However it ended: nobody waits for its answer.</summary>
    private static Task EndOf(Task request) => request.ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>The head of an MP4 file and then noise.</summary>
    private static byte[] Video(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        ((byte[])[0, 0, 0, 24, .. "ftypmp42"u8]).AsSpan(0, Math.Min(12, length)).CopyTo(bytes);
        return bytes;
    }

    /// <summary>Sends what it has and then nothing, for as long as nobody lets it go.</summary>
    private sealed class Hanging(byte[] bytes) : HttpContent
    {
        private readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Sent => sent.Task;

        public void LetGo() => letGo.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
            sent.TrySetResult();
            await letGo.Task;
        }

        protected override bool TryComputeLength(out long length) => (length = 0) > 0;
    }
}

public sealed class TusProtocolOnSqliteTests(SqliteApplication app) : TusProtocolTests(app), IClassFixture<SqliteApplication>;

public sealed class TusProtocolOnPostgresTests(PostgresApplication app) : TusProtocolTests(app), IClassFixture<PostgresApplication>;
