using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Report12350.Data;

/// <summary>Brings the database to this program's version (数据库升级), by one process at a time, also when the one before was killed at it.</summary>
internal static class Upgrading
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    public static async Task UpgradeAsync(this ReportsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        if (db is SqliteReportsDbContext)
            await UpgradeAloneAsync(db, time, cancellationToken);
        else
            await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>EF's own lock is a row on SQLite: it outlives a holder that was killed, and every later start would wait for it. A lock on a file does not.</summary>
    private static async Task UpgradeAloneAsync(ReportsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var held = await HoldAsync(db, time, cancellationToken);
        await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    private static async Task<FileStream> HoldAsync(ReportsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource + ".upgrade";
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(Again, time, cancellationToken);
            }
        }
    }
}
