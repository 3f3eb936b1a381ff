using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Profiles;

namespace Report12350.Audit;

/// <summary>Each day, the chain is walked and, when whole, a checkpoint of it signed (每日检查点).</summary>
public sealed partial class AuditWatch(IServiceScopeFactory scopes, JurisdictionProfile profile, TimeProvider time, ILogger<AuditWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromHours(1);

    /// <summary>How this process last found the chain; null before it looked.</summary>
    public AuditFinding? Found { get; internal set; }

    /// <summary>Walks and signs, unless this day has its checkpoint.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportsDbContext>();
        var last = await db.AuditCheckpoints.OrderByDescending(c => c.Sequence).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(cancellationToken);
        if (last is { } at && profile.DayOf(at) >= profile.DayOf(time.GetUtcNow()) && Found is not { IsWhole: false })
            return;
        Found = (await scope.ServiceProvider.GetRequiredService<AuditChain>().SignAsync(cancellationToken)).Finding;
        if (!Found.IsWhole)
            LogBroken(Found.Row, Found.Fault!.Value);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Turns.EveryAsync(Turn, time, RunAsync, LogFailed, stoppingToken);

    [LoggerMessage(LogLevel.Critical, "The audit's chain is broken at row {Row}: {Fault}. Run verify-audit.")]
    private partial void LogBroken(long row, AuditFault fault);

    [LoggerMessage(LogLevel.Error, "Audit checkpoint: {Kind}, tried again in an hour")]
    private partial void LogFailed(string kind);
}
