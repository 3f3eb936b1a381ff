using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Tracking;

/// <summary>The program with every log line of every level kept.</summary>
public sealed class LoggedApplication : ReportApplication, ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Keeper(Lines);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach (var category in new[] { "Default", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore" })
            builder.UseSetting($"Logging:LogLevel:{category}", "Trace");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(this));
    }

    private sealed class Keeper(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);
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

        var log = string.Join('\n', app.Lines);
        app.Lines.Count.ShouldBeGreaterThan(100);
        log.ShouldNotContain(filed.Receipt);
        log.ShouldNotContain(string.Join(' ', filed.Receipt.Chunk(5).Select(five => new string(five))));
        log.ShouldNotContain("1234512345123451234512346");
        log.ShouldNotContain("只给经办人看的话");
        log.ShouldNotContain("煤气瓶放在楼梯间");
    }
}
