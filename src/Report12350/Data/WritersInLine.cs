using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Report12350.Data;

/// <summary>Writers of this process on SQLite, one after the other in the order they came (写入排队). It lets one write at a time, and whom it turns away sleeps before asking again: under load some would wait for seconds.</summary>
/// <param name="longest">After that the person is told to send again.</param>
internal sealed class WritersInLine(TimeSpan longest) : IDbTransactionInterceptor
{
    private const int Busy = 5;

    /// <summary>Whose transaction has just begun and is not EF's yet.</summary>
    private static readonly ConditionalWeakTable<DbConnection, SemaphoreSlim> Begun = [];

    private readonly SemaphoreSlim one = new(1);

    public InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        RequireTurn(one.Wait(longest));
        try
        {
            return Noted(connection, connection.BeginTransaction(eventData.IsolationLevel));
        }
        catch
        {
            one.Release();
            throw;
        }
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        RequireTurn(await one.WaitAsync(longest, cancellationToken));
        try
        {
            return Noted(connection, await connection.BeginTransactionAsync(eventData.IsolationLevel, cancellationToken));
        }
        catch
        {
            one.Release();
            throw;
        }
    }

    private static void RequireTurn(bool had)
    {
        if (!had)
            throw new SqliteException("The database is locked by other writers.", Busy);
    }

    private InterceptionResult<DbTransaction> Noted(DbConnection connection, DbTransaction transaction)
    {
        Begun.AddOrUpdate(connection, one);
        return InterceptionResult<DbTransaction>.SuppressWithResult(transaction);
    }

    /// <summary>Makes transactions that give up their turn when they end, however they do.</summary>
    internal sealed class Transactions(RelationalTransactionFactoryDependencies dependencies) : RelationalTransactionFactory(dependencies)
    {
        public override RelationalTransaction Create(
            IRelationalConnection connection, DbTransaction transaction, Guid transactionId, IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger, bool transactionOwned)
        {
            var turn = Begun.TryGetValue(connection.DbConnection, out var begun) && Begun.Remove(connection.DbConnection) ? begun : null;
            return new InTurn(turn, connection, transaction, transactionId, logger, transactionOwned, Dependencies.SqlGenerationHelper);
        }
    }

    private sealed class InTurn(
        SemaphoreSlim? turn, IRelationalConnection connection, DbTransaction transaction, Guid id, IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger, bool owned, ISqlGenerationHelper sql)
        : RelationalTransaction(connection, transaction, id, logger, owned, sql)
    {
        private SemaphoreSlim? held = turn;

        public override void Dispose()
        {
            try
            {
                base.Dispose();
            }
            finally
            {
                Interlocked.Exchange(ref held, null)?.Release();
            }
        }

        public override async ValueTask DisposeAsync()
        {
            try
            {
                await base.DisposeAsync();
            }
            finally
            {
                Interlocked.Exchange(ref held, null)?.Release();
            }
        }
    }
}
