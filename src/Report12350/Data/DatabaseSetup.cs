using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Report12350.Outbox;

namespace Report12350.Data;

public enum DatabaseEngine
{
    Sqlite,
    Postgres,
}

/// <summary>Where the one switch between the engines is read: <c>Database:Engine</c>, <c>Database:Connection</c>, <c>Data:Folder</c>.</summary>
public static class DatabaseSetup
{
    /// <summary>Seconds that a writer waits for its turn on SQLite before the person is told to send again.</summary>
    private const int LongestWait = 30;

    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var engine = configuration.GetValue("Database:Engine", DatabaseEngine.Sqlite);
        if (engine is DatabaseEngine.Postgres)
        {
            var connection = configuration["Database:Connection"]
                ?? throw new InvalidOperationException("Database:Engine is Postgres: Database:Connection must name the server.");
            services.AddSingleton(NpgsqlDataSource.Create(connection));
            services.AddDbContextPool<ReportsDbContext, PostgresReportsDbContext>((provider, options) =>
                options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).AddInterceptors(new ChainOnCommit(), new PostgresNotifications.OnCommit()));
            services.AddSingleton<PostgresNotifications>();
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<CommitListener>(
                provider, (Func<Action, CancellationToken, Task>)provider.GetRequiredService<PostgresNotifications>().ListenAsync));
        }
        else
        {
            var file = Path.Combine(DataFolder.Of(configuration), "report12350.db");
            var wait = configuration.GetValue("Database:WaitSeconds", LongestWait);
            var connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = wait }.ToString();
            services.AddDbContextPool<ReportsDbContext, SqliteReportsDbContext>(options =>
                options.UseSqlite(connection).AddInterceptors(new ChainOnCommit(), new WritersInLine(TimeSpan.FromSeconds(wait)), new SqlitePragmas(wait))
                    .ReplaceService<IRelationalTransactionFactory, WritersInLine.Transactions>());
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<SqliteCheckpoints>(provider, connection));
        }

        return services;
    }

    /// <summary>A broken unique key: somebody else was first.</summary>
    public static bool IsDuplicate(this DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException { SqliteErrorCode: 19 } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    /// <summary>The database is locked, gone or full: nothing was saved, and the person is told so.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 or 26 or 11 } => true,
        // Full, too many connections, shutting down, starting up, locked, closed to us, read-only, dropped.
        PostgresException { SqlState: "53100" or "53300" or "57P01" or "57P02" or "57P03" or "55P03" or "55000" or "25006" or "3D000" } => true,
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { InnerException: System.Net.Sockets.SocketException } => true,
        IOException { HResult: 0x1C or unchecked((int)0x80070070) } => true,
        { InnerException: { } inner } => IsUnavailable(inner),
        _ => false,
    };

    private sealed class SqlitePragmas(int waitSeconds) : DbConnectionInterceptor
    {
        private readonly string pragmas =
            $"PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint={SqliteCheckpoints.MostPages}; PRAGMA busy_timeout={Math.Min(waitSeconds, 5) * 1000};";

        /// <summary>Told already: the pool gives the same ones again and again.</summary>
        private readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> told = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            var sqlite = (SqliteConnection)connection;
            if (told.TryGetValue(sqlite.Handle!, out _) || IsReadOnly(sqlite))
                return;
            using var command = sqlite.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            told.TryAdd(sqlite.Handle!, this);
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }

        // So EF looks whether there is a database. One whose first start was killed may be no more than an empty file yet.
        private static bool IsReadOnly(SqliteConnection connection) =>
            new SqliteConnectionStringBuilder(connection.ConnectionString).Mode is SqliteOpenMode.ReadOnly;
    }
}
