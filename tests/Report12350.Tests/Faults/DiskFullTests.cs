using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Report12350.Tests.Hosting;
using Report12350.Tests.Web;

namespace Report12350.Tests.Faults;

/// <summary>With its data folder on a small disk of its own, where the machine lets us have one.</summary>
public sealed class SmallDiskApplication : SqliteApplication
{
    private const int Block = 4096;

    public bool HasOwnDisk { get; private set; }

    private string Filler => Path.Combine(Folder, "filler");

    public override async ValueTask InitializeAsync()
    {
        HasOwnDisk = OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", Folder);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (HasOwnDisk)
            await RunAsync("umount", "-l", Folder);
        await base.DisposeAsync();
    }

    /// <summary>Not a byte is left, and the database has nothing put by.</summary>
    public async Task FillAsync()
    {
        await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, "report12350.db"), Pooling = false }.ToString()))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }

        try
        {
            await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            while (true)
                await filler.WriteAsync(new byte[Block]);
        }
        catch (IOException)
        {
            // Full now, as it should be.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Database:WaitSeconds", "1");
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>磁盘满了: a clear page, the draft as it was, and all goes on once there is room.</summary>
public sealed class DiskFullTests(SmallDiskApplication app) : IClassFixture<SmallDiskApplication>
{
    private const string NoDisk = "No disk of one's own here: mounting one needs root on Linux.";
    private const string Typed = "厨房用的煤气瓶放在楼梯间,没有报警器,夜里还锁门,已经一个月了。";

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_file_that_finds_no_room_is_told_and_the_draft_is_as_it_was(string language)
    {
        Assert.SkipUnless(app.HasOwnDisk, NoDisk);
        using var browser = await FilingWalk.StartAsync(app, "/report/evidence", language);
        await browser.UploadAsync("more", ("第一张.png", FilingWalk.Png("1")));
        var (token, files) = (browser.Token, EvidenceFiles());
        await app.FillAsync();
        try
        {
            var answer = await browser.UploadAsync(token, "more", [("第二张.png", FilingWalk.Png(new string('x', 300_000)))]);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await answer.TextAsync()).ShouldContain(SendingAgain.WordsFor(language).Title);
            EvidenceFiles().ShouldBe(files);
            await browser.OpenAsync("/report/evidence");
            browser.Text.ShouldContain("第一张.png");
        }
        finally
        {
            app.MakeRoom();
        }

        await browser.UploadAsync("next", ("第二张.png", FilingWalk.Png("2")));
        await browser.FileAsync();
    }

    [Fact]
    public async Task An_answer_that_finds_no_room_is_sent_again_with_one_press_and_the_report_is_filed()
    {
        Assert.SkipUnless(app.HasOwnDisk, NoDisk);
        using var browser = await FilingWalk.StartAsync(app, "/report/what");
        await app.FillAsync();
        try
        {
            await browser.SendAsync(("Narrative", Typed), ("Witnesses", "门卫"));
            browser.ShouldBeToldToSendAgain("zh-CN", Typed, "门卫");
        }
        finally
        {
            app.MakeRoom();
        }

        await browser.SendAgainAsync();
        browser.Path.ShouldNotBe("/report/what");
        await browser.FileAsync();
    }

    [Fact]
    public async Task A_report_that_finds_no_room_is_not_half_filed()
    {
        Assert.SkipUnless(app.HasOwnDisk, NoDisk);
        using var browser = await FilingWalk.StartAsync(app, "/report/check");
        var before = await app.ReportCountAsync();
        await app.FillAsync();
        try
        {
            await browser.SendAsync(("TruthPledged", "true"));
            browser.ShouldBeToldToSendAgain();
            (await app.ReportCountAsync()).ShouldBe(before);
        }
        finally
        {
            app.MakeRoom();
        }

        await browser.SendAgainAsync();
        browser.Path.ShouldBe("/report/done");
        (await app.ReportCountAsync()).ShouldBe(before + 1);
    }

    private int EvidenceFiles() => Directory.GetFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories).Length;
}
