using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Report12350.Data;

/// <summary>NOTIFY with every saved event, in its transaction; LISTEN for those of other nodes.</summary>
internal sealed class PostgresNotifications(NpgsqlDataSource source)
{
    private const string Topic = "report12350_outbox";

    public async Task ListenAsync(Action wake, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => wake();
        await using (var listen = new NpgsqlCommand($"LISTEN {Topic}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    internal sealed class OnCommit : DbTransactionInterceptor
    {
        public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            await using var notify = new NpgsqlCommand($"NOTIFY {Topic}", (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);
            await notify.ExecuteNonQueryAsync(cancellationToken);
            return result;
        }
    }
}
