using Microsoft.AspNetCore.Hosting;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Tracking;

/// <summary>The program with every log line of every level kept.</summary>
public sealed class LoggedApplication : SqliteApplication
{
    public KeptLog Log { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        Log.Listen(builder);
    }
}

public sealed class ReceiptInLogsTests(LoggedApplication app) : IClassFixture<LoggedApplication>
{
    [Fact]
    public async Task Neither_receipt_nor_words_reach_a_log_of_any_level()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);
        await browser.ReadAsync("/track/report");
        await browser.SendFormAsync("/track/report", [("Text", "只给经办人看的话")], "/track/report?handler=Message");
        await app.Browser().SendFormAsync("/track", [("Receipt", "1234512345123451234512346")]);

        var log = string.Join('\n', app.Log.Lines);
        app.Log.Lines.Count.ShouldBeGreaterThan(100);
        log.ShouldNotContain(filed.Receipt);
        log.ShouldNotContain(string.Join(' ', filed.Receipt.Chunk(5).Select(five => new string(five))));
        log.ShouldNotContain("1234512345123451234512346");
        log.ShouldNotContain("只给经办人看的话");
        log.ShouldNotContain("煤气瓶放在楼梯间");
    }
}
