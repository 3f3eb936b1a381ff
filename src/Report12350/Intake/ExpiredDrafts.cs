using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Report12350.Intake;

/// <summary>Every ten minutes, what visitors began and left (过期草稿) is thrown away.</summary>
public sealed partial class ExpiredDrafts(IServiceScopeFactory scopes, TimeProvider time, ILogger<ExpiredDrafts> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Turn, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CollectExpiredDrafts(), stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Expired drafts: {Kind}, tried again at the next turn")]
    private partial void LogFailed(string kind);
}
