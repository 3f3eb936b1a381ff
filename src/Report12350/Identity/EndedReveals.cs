using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Report12350.Data;

namespace Report12350.Identity;

/// <summary>Every ten minutes, keys whose time box is over (到期收回) are destroyed. By the clock they opened nothing before that.</summary>
public sealed partial class EndedReveals(IServiceScopeFactory scopes, TimeProvider time, ILogger<EndedReveals> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<ReportsDbContext>().EndRevealsAsync(r => r.Until <= now, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Turns.EveryAsync(Turn, time, SweepAsync, LogFailed, stoppingToken);

    [LoggerMessage(LogLevel.Error, "Identity keys whose time is over: {Kind}, tried again at the next turn")]
    private partial void LogFailed(string kind);
}
