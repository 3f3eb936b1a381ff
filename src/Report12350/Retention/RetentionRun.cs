using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Retention;

/// <summary>Each day, erases what has been kept long enough (到期自动删除); every hour, finishes what was begun. Several nodes may do it at once.</summary>
public sealed partial class RetentionRun(IServiceScopeFactory scopes, EraseKeys eraseKeys, JurisdictionProfile profile, TimeProvider time, ILogger<RetentionRun> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromHours(1);
    private DateOnly? done;

    private DateOnly Today => profile.DayOf(time.GetUtcNow());

    /// <summary>Erases what is due and finishes what was decided; returns how many reports went.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await BuryAsync(await RestoredAsync(cancellationToken), ErasureReason.KeyDestroyed, cancellationToken);
        var due = await ReadAsync(async services => (await services.GetRequiredService<DueReports>().ListAsync(cancellationToken)).Where(d => d.Hold is null).Select(d => d.Id));
        await BuryAsync(due, ErasureReason.KeptLongEnough, cancellationToken);
        await ForgetSharingAsync(cancellationToken);
        return await FinishAsync(cancellationToken);
    }

    /// <summary>Carries out what was decided, by the rule or by hand.</summary>
    public async Task<int> FinishAsync(CancellationToken cancellationToken)
    {
        var decided = await ReadAsync(services => services.GetRequiredService<ReportsDbContext>().Tombstones.Where(t => t.ErasedAt == null).Select(t => t.ReportId).ToListAsync(cancellationToken));
        var erased = 0;
        foreach (var report in decided)
            erased += await TryAsync(new EraseReport(report), cancellationToken) ? 1 : 0;
        return erased;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Turns.EveryAsync(Turn, time, TurnAsync, LogFailed, stoppingToken);

    private async Task TurnAsync(CancellationToken cancellationToken)
    {
        var today = Today;
        if (done == today)
        {
            await FinishAsync(cancellationToken);
            return;
        }

        await RunAsync(cancellationToken);
        done = today;
    }

    private async Task BuryAsync(IEnumerable<ReportId> reports, ErasureReason reason, CancellationToken cancellationToken)
    {
        foreach (var report in reports)
            await TryAsync(new BuryReport(report, reason), cancellationToken);
    }

    /// <summary>Records of what other bodies were given, of reports that are gone themselves.</summary>
    private async Task ForgetSharingAsync(CancellationToken cancellationToken)
    {
        var earliest = time.GetUtcNow().AddYears(-profile.Retention.On(Today).SharingRecordYears);
        await ReadAsync(services =>
        {
            var db = services.GetRequiredService<ReportsDbContext>();
            return db.SharingRecords.Where(s => s.SharedAt < earliest && !db.Reports.Any(r => r.Id == s.ReportId)).ExecuteDeleteAsync(cancellationToken);
        });
    }

    /// <summary>Reports that an older copy of the database brought back: their keys were destroyed. A key that is only missing destroys nothing.</summary>
    private async Task<List<ReportId>> RestoredAsync(CancellationToken cancellationToken)
    {
        List<ReportId> gone = [];
        var missing = 0;
        foreach (var (id, key) in await ReadAsync(KeysAsync))
        {
            try
            {
                if (eraseKeys.Find(key) is null)
                    gone.Add(id);
            }
            catch (EraseKeyMissingException)
            {
                missing++;
            }
        }

        if (missing > 0)
            LogMissing(missing);
        return gone;

        async Task<List<(ReportId Id, string Key)>> KeysAsync(IServiceProvider services) =>
            [.. (await services.GetRequiredService<ReportsDbContext>().Reports.AsNoTracking().Where(r => r.ErasureDecidedAt == null)
                .Select(r => new { r.Id, r.EraseKeyId }).ToListAsync(cancellationToken)).Select(r => (r.Id, r.EraseKeyId))];
    }

    private async Task<T> ReadAsync<T>(Func<IServiceProvider, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider);
    }

    /// <summary>False when it failed or another node was quicker; the next turn looks again.</summary>
    private async Task<bool> TryAsync(IRequest<Unit> act, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(act, cancellationToken);
            return true;
        }
        catch (Exception quicker) when (quicker is RuleBrokenException or StaleException or NotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Critical, "The erase keys of {Count} reports are not in their folder: those reports cannot be opened. See Keys:EraseFolder.")]
    private partial void LogMissing(int count);

    [LoggerMessage(LogLevel.Error, "Retention: {Kind}, tried again in an hour")]
    private partial void LogFailed(string kind);
}
