using System.Collections.Concurrent;
using MediatR;
using Microsoft.AspNetCore.SignalR;
using Report12350.Tracking;

namespace Report12350.Web.Notifications;

/// <summary>The pages that listen on this node, and what each was let in on.</summary>
public sealed class Listeners
{
    private readonly ConcurrentDictionary<string, Listener> open = new(StringComparer.Ordinal);

    public void Add(HubCallerContext connection, Listening listening) => open[connection.ConnectionId] = new Listener(connection, listening);

    public void Remove(HubCallerContext connection) => open.TryRemove(connection.ConnectionId, out _);

    internal IReadOnlyCollection<Listener> All() => [.. open.Values];

    internal sealed record Listener(HubCallerContext Connection, Listening Listening);
}

/// <summary>Ends connections that outlived what they were let in on, whichever node it ended on: every two seconds it asks once for all that are open.</summary>
internal sealed partial class ListenersWatch(Listeners listeners, IServiceScopeFactory scopes, ILogger<ListenersWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, TimeProvider.System); // a matter of the machine's, whatever day the site believes it is
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (listeners.All() is not { Count: > 0 } open)
                continue;
            try
            {
                await LookAsync(open, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception.GetType().Name);
            }
        }
    }

    private async Task LookAsync(IReadOnlyCollection<Listeners.Listener> open, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var over = (await mediator.Send(new ListeningOver([.. open.Select(l => l.Listening)]), cancellationToken)).ToHashSet();
        foreach (var listener in open.Where(l => over.Contains(l.Listening)))
            listener.Connection.Abort();
    }

    [LoggerMessage(LogLevel.Warning, "Whether open pages may still listen was not asked ({Kind}); tried again")]
    private partial void LogFailed(string kind);
}
