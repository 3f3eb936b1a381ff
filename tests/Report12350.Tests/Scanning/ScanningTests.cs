using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Redaction;
using Report12350.Scanning;
using Report12350.Tests.Bot;
using Report12350.Tests.Evidence;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;
using Report12350.Tracking;

namespace Report12350.Tests.Scanning;

/// <summary>Files scanned by a real clamd: what it finds is shut in, what it could not look at yet waits, and nothing is lost.</summary>
public abstract class ScanningTests(ReportApplication app, ClamdDaemon clamd)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Malware_is_found_however_it_comes_and_is_shut_in_for_good()
    {
        var pass = await app.Send(new StartDraft());
        await app.Send(new AttachEvidence(pass, "表单.txt", new MemoryStream(ClamdDaemon.Eicar)));
        await app.Send(new AttachEvidence(pass, "台账.xlsx", new MemoryStream(Workbook(ClamdDaemon.Eicar))));
        await app.Send(new AttachEvidence(pass, "好的.xlsx", new MemoryStream(Workbook("<workbook/>"u8))));
        var tus = TusClient.OfDraft(app, pass);
        (await tus.PatchAsync(await tus.CreateAsync(ClamdDaemon.Eicar.Length, "续传.txt"), 0, ClamdDaemon.Eicar)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var filed = await app.FileFromAsync(pass);
        await app.Case(filed.Id).VerifyingAsync();
        var officer = await app.As(Domain.Access.Role.Officer, CaseHands.Gas);
        var version = await app.VersionAsync(filed.Id);
        await officer.Send(filed.Id, o => new AddStaffEvidence(o, version, EvidencePurpose.Verification, [new SentFile("现场.txt", new MemoryStream(ClamdDaemon.Eicar))]));

        var files = (await officer.Send(new ReadCase(filed.Number))).Files;

        files.ToDictionary(f => f.Description.Name, f => f.Scan).ShouldBe(
            new Dictionary<string, ScanState>
            {
                ["表单.txt"] = ScanState.Infected, ["台账.xlsx"] = ScanState.Infected, ["好的.xlsx"] = ScanState.Passed,
                ["续传.txt"] = ScanState.Infected, ["现场.txt"] = ScanState.Infected,
            },
            ignoreOrder: true);
        using var browser = app.BrowserOf(officer);
        var page = await browser.ReadAsync($"/staff/reports/{filed.Number}");
        page.ShouldContain("“台账.xlsx”查出恶意软件");
        page.ShouldContain("Eicar-Signature");
        foreach (var file in files)
        {
            var shut = file.Scan is ScanState.Infected;
            using var answer = await browser.GetAsync(File(file.Id), Token);
            answer.StatusCode.ShouldBe(shut ? HttpStatusCode.Conflict : HttpStatusCode.OK, file.Description.Name);
            page.Contains($"href=\"{File(file.Id)}", StringComparison.Ordinal).ShouldBe(!shut);
            if (shut)
                await Should.ThrowAsync<RuleBrokenException>(() => officer.Send(filed.Id, o => new DrawMaskedPicture(o, file.Id)));
        }

        var own = await (await app.ReporterAsync(filed)).ReadAsync("/track/report");
        own.ShouldContain("查出恶意软件，已隔离");
        own.ShouldContain("查毒通过");
        own.ShouldNotContain("Eicar");
    }

    [Fact]
    public async Task Malware_sent_in_a_conversation_is_told_there_in_plain_words_and_shut_in_for_the_officers()
    {
        using var chat = await DirectLineClient.BeginAsync(app);
        await chat.WalkAsync("1", "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样", "重大事故隐患", "人民路 20 号", "1", "2");
        using var file = new ByteArrayContent(ClamdDaemon.Eicar);
        file.Headers.ContentType = new("text/plain");
        file.Headers.ContentDisposition = new("attachment") { FileNameStar = "聊天.txt" };
        using (var answer = await chat.SendAsync("POST", chat.Own("/upload?userId=dl_tester"), file))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var heard = (await chat.PollAsync()).ConvertAll(a => a.Text());
        heard.ShouldContain("“聊天.txt”查出恶意软件，已隔离，经办人看不到。请换一种格式重新发送，例如截图。");
        heard.ShouldAllBe(text => !text.Contains("Eicar", StringComparison.Ordinal));
        await chat.WalkAsync("1", "1", "2", "1");

        var number = await app.Read(db => db.Reports.Where(r => r.Channel == Domain.Reports.Channel.Chat).Select(r => r.Number).SingleAsync());
        var officer = await app.As(Domain.Access.Role.Dispatcher);
        var sent = (await officer.Send(new ReadCase(number))).Files.ShouldHaveSingleItem();
        sent.Scan.ShouldBe(ScanState.Infected);
        using var browser = app.BrowserOf(officer);
        (await browser.ReadAsync($"/staff/reports/{number}")).ShouldContain("“聊天.txt”查出恶意软件");
        (await browser.GetAsync(File(sent.Id), Token)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task While_clamd_is_down_a_file_waits_unseen_and_is_scanned_when_somebody_entitled_comes()
    {
        await clamd.StopAsync();
        var pass = await app.Send(new StartDraft());
        await app.Send(new AttachEvidence(pass, "坏的.txt", new MemoryStream(ClamdDaemon.Eicar)));
        await app.Send(new AttachEvidence(pass, "好的.txt", new MemoryStream("楼梯间有气瓶。"u8.ToArray())));
        var filed = await app.FileFromAsync(pass);
        using var browser = app.BrowserOf(await app.As(Domain.Access.Role.Dispatcher));
        var page = $"/staff/reports/{filed.Number}";
        (await browser.ReadAsync(page)).ShouldContain("还没有查毒");
        var good = await FileAsync(filed, "好的.txt");
        using (var shut = await browser.GetAsync(File(good), Token))
        {
            shut.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await shut.TextAsync()).ShouldContain("文件没有丢");
        }

        (await (await app.ReporterAsync(filed)).ReadAsync("/track/report")).ShouldContain("正在等待查毒");
        await clamd.StartAsync();

        (await browser.GetByteArrayAsync(File(good), Token)).ShouldBe("楼梯间有气瓶。"u8.ToArray());
        using var reporter = await app.ReporterAsync(filed);
        (await reporter.ReadAsync("/track/report")).ShouldContain("查出恶意软件，已隔离");
        (await browser.ReadAsync(page)).ShouldContain("Eicar-Signature");
        (await browser.GetAsync(File(await FileAsync(filed, "坏的.txt")), Token)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_file_larger_than_clamd_takes_waits_until_it_takes_more()
    {
        await clamd.StopAsync();
        await clamd.StartAsync(longest: 200_000);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("现场记录。\n", 200_000)));
        var pass = await app.Send(new StartDraft());
        await app.Send(new AttachEvidence(pass, "长.txt", new MemoryStream(text)));
        var filed = await app.FileFromAsync(pass);
        using var browser = app.BrowserOf(await app.As(Domain.Access.Role.Dispatcher));
        var file = File(await FileAsync(filed, "长.txt"));
        (await browser.GetAsync(file, Token)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await clamd.StopAsync();
        await clamd.StartAsync();

        (await browser.GetByteArrayAsync(file, Token)).ShouldBe(text);
    }

    private static string File(Guid id) => $"/files/{id}";

    private async Task<Guid> FileAsync(Filed filed, string name)
    {
        var officer = await app.As(Domain.Access.Role.Dispatcher);
        return (await officer.Send(new ReadCase(filed.Number))).Files.Single(f => f.Description.Name == name).Id;
    }

    /// <summary>A ZIP that is taken for a workbook, with this in it.</summary>
    private static byte[] Workbook(ReadOnlySpan<byte> content)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/workbook.xml").Open();
            entry.Write(content);
        }

        return file.ToArray();
    }
}

/// <summary>What clamd's one line says, and how the setting is read.</summary>
public sealed class ClamdTests
{
    [Theory]
    [InlineData("stream: OK", true, null)]
    [InlineData("stream: Eicar-Signature.UNOFFICIAL FOUND", true, "Eicar-Signature.UNOFFICIAL")]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", false, null)]
    [InlineData("INSTREAM size limit exceeded. ERROR", false, null)]
    [InlineData("", false, null)]
    public void What_was_not_looked_through_is_no_verdict(string answer, bool isVerdict, string? signature) =>
        Clamd.VerdictOf(answer).ShouldBe(isVerdict ? new ScanVerdict(signature) : null);

    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData("/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl")]
    [InlineData("127.0.0.1:3310", "Unspecified/127.0.0.1:3310")]
    [InlineData("clamd.internal:3310", "Unspecified/clamd.internal:3310")]
    [InlineData("[::1]:3310", "Unspecified/::1:3310")]
    public void A_path_is_a_socket_and_the_rest_host_and_port(string? setting, string? address) =>
        Clamd.AddressOf(setting)?.ToString().ShouldBe(address);

    [Theory]
    [InlineData("clamd")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:0")]
    public void What_is_neither_stops_the_start(string setting) => Should.Throw<InvalidOperationException>(() => Clamd.AddressOf(setting));
}

public sealed class ScannedSqlite : SqliteApplication
{
    public ClamdDaemon Clamd { get; } = new();

    protected override IAsyncLifetime Beside => Clamd;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Scanning:Clamd", $"127.0.0.1:{Clamd.Port}");
    }
}

public sealed class ScannedPostgres : PostgresApplication
{
    public ClamdDaemon Clamd { get; } = new();

    protected override IAsyncLifetime Beside => Clamd;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Scanning:Clamd", $"127.0.0.1:{Clamd.Port}");
    }
}

public sealed class ScanningOnSqliteTests(ScannedSqlite app) : ScanningTests(app, app.Clamd), IClassFixture<ScannedSqlite>;

public sealed class ScanningOnPostgresTests(ScannedPostgres app) : ScanningTests(app, app.Clamd), IClassFixture<ScannedPostgres>;
