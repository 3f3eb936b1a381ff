using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Report12350.Outbox;

/// <summary>On PostgreSQL another node's commit wakes this one's dispatcher at once; the poll is the net.</summary>
public sealed partial class CommitListener(Func<Action, CancellationToken, Task> listen, OutboxSignal signal, TimeProvider time, ILogger<CommitListener> logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await listen(signal.Wake, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogLost(exception.GetType().Name);
                await Task.Delay(Again, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Listening for commits stopped ({Kind}); trying again")]
    private partial void LogLost(string kind);
}
