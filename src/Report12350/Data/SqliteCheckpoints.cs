using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Report12350.Data;

/// <summary>
/// Brings what was written on SQLite from its journal into the database file (写入归档), beside the writers instead of in one's turn: whoever
/// writes waits for one sync to the disk and no more. <see cref="MostPages"/> bounds the journal where this can't keep up.
/// </summary>
internal sealed partial class SqliteCheckpoints(string connection, ILogger<SqliteCheckpoints> log) : BackgroundService
{
    /// <summary>Pages of 4 kB in the journal after which a writer does it after all. Up to here the journal's index is one block of 32 kB, taken with the first write: it can't be what a full disk has no room for.</summary>
    public const int MostPages = 3500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        var journal = new FileInfo(new SqliteConnectionStringBuilder(connection).DataSource + "-wal");
        var done = DateTime.MinValue;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            journal.Refresh();
            if (!journal.Exists || journal.LastWriteTimeUtc == done)
                continue;
            var written = journal.LastWriteTimeUtc;
            try
            {
                Bring();
                done = written;
            }
            catch (SqliteException exception)
            {
                Failed(log, exception.SqliteErrorCode);
            }
        }
    }

    /// <summary>On a thread of the pool: SQLite's own calls wait for the disk.</summary>
    private void Bring()
    {
        using var database = new SqliteConnection(connection);
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        command.ExecuteNonQuery();
    }

    [LoggerMessage(LogLevel.Warning, "The journal could not be brought into the database; it is tried again. SQLite error {Code}.")]
    private static partial void Failed(ILogger logger, int code);
}
