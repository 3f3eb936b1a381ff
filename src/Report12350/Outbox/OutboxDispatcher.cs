using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Report12350.Data;

namespace Report12350.Outbox;

/// <summary>Delivers what was saved, in order, at least once. One node at a time holds the lease; what keeps failing is parked.</summary>
public sealed partial class OutboxDispatcher(IServiceScopeFactory scopes, OutboxSignal signal, TimeProvider time, ILogger<OutboxDispatcher> logger)
    : BackgroundService
{
    private const int Batch = 100;
    private const int AttemptsBeforeParking = 5;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);
    private readonly string node = Guid.NewGuid().ToString("N");
    private DateTimeOffset leaseUntil;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DeliverBatchAsync(stoppingToken))
                    continue;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception.GetType().Name);
            }

            await signal.WaitAsync(Poll, time, stoppingToken);
        }
    }

    private async Task<bool> DeliverBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportsDbContext>();
        var waiting = await db.Outbox.Where(m => m.ParkedAt == null).OrderBy(m => m.Id).Take(Batch).ToListAsync(cancellationToken);
        if (waiting.Count == 0 || !await HoldsLeaseAsync(db, cancellationToken))
            return false;
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        foreach (var message in waiting)
            await DeliverAsync(db, mediator, message, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task DeliverAsync(ReportsDbContext db, IMediator mediator, OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await mediator.Publish(DeliveredEvents.Read(message), cancellationToken);
            db.Outbox.Remove(message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (++message.Attempts >= AttemptsBeforeParking)
                message.ParkedAt = time.GetUtcNow();
            LogNotDelivered(message.Id, message.Type, exception.GetType().Name);
        }
    }

    private async Task<bool> HoldsLeaseAsync(ReportsDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now + (LeaseTime / 2) < leaseUntil)
            return true;
        var until = now + LeaseTime;
        var taken = await db.Leases.Where(l => l.Name == "outbox" && (l.Owner == node || l.Until < now))
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Owner, node).SetProperty(x => x.Until, until), cancellationToken);
        if (taken == 1)
        {
            leaseUntil = until;
            return true;
        }

        if (await db.Leases.AnyAsync(l => l.Name == "outbox", cancellationToken))
            return false;
        db.Leases.Add(new Lease { Name = "outbox", Owner = node, Until = until });
        await db.SaveChangesAsync(cancellationToken);
        leaseUntil = until;
        return true;
    }

    [LoggerMessage(LogLevel.Error, "Outbox: {Kind}, tried again at the next turn")]
    private partial void LogFailed(string kind);

    [LoggerMessage(LogLevel.Warning, "Outbox message {Id} ({Type}) was not delivered: {Kind}")]
    private partial void LogNotDelivered(long id, string type, string kind);
}
