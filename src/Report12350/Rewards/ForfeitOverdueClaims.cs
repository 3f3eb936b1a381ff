using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Rewards;

namespace Report12350.Rewards;

/// <summary>Looks every hour for rewards whose days to claim have passed (逾期未领).</summary>
public sealed partial class ForfeitOverdueClaims(IServiceScopeFactory scopes, TimeProvider time, ILogger<ForfeitOverdueClaims> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromHours(1);

    /// <summary>Forfeits what is overdue now; returns how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportsDbContext>();
        var overdue = await db.RewardClaims.AsNoTracking().Where(c => c.State == RewardState.ClaimOpen && c.ClaimDueAt <= now)
            .Select(c => c.Id).ToListAsync(cancellationToken);
        var forfeited = 0;
        foreach (var claim in overdue)
            forfeited += await ForfeitAsync(claim, cancellationToken) ? 1 : 0;
        return forfeited;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Turns.EveryAsync(Turn, time, RunAsync, LogFailed, stoppingToken);

    /// <summary>False when it was claimed, extended or forfeited in the meantime.</summary>
    private async Task<bool> ForfeitAsync(Guid claim, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ForfeitOverdueClaim(claim), cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is RuleBrokenException or Messaging.StaleException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Overdue claims: {Kind}, tried again in an hour")]
    private partial void LogFailed(string kind);
}
