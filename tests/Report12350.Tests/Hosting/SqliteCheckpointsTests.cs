using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;

namespace Report12350.Tests.Hosting;

/// <summary>写入归档 on SQLite: what was written comes into the database file without a writer having to bring it.</summary>
public sealed class SqliteCheckpointsTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    [Fact(Timeout = 60_000)]
    public async Task What_was_filed_comes_into_the_file_by_itself()
    {
        var filed = await app.FileAsync();
        while (!await FileAloneHolds(filed.Number))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task No_writer_brings_a_small_journal_and_none_lets_it_outgrow_its_index()
    {
        var pages = await app.Read(db => db.Database.SqlQueryRaw<int>("PRAGMA wal_autocheckpoint").ToListAsync());
        pages.ShouldBe([SqliteCheckpoints.MostPages]);
        SqliteCheckpoints.MostPages.ShouldBeInRange(1001, 4062); // SQLite's own habit; what the index's first block has room for
    }

    /// <summary>The file as a copy without its journal would hold it.</summary>
    private async Task<bool> FileAloneHolds(string number)
    {
        var alone = Path.Combine(app.Folder, "alone.db");
        File.Copy(Path.Combine(app.Folder, "report12350.db"), alone, overwrite: true);
        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = alone, Pooling = false }.ToString());
        await copy.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = copy.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM Reports WHERE Number = $number";
        command.Parameters.AddWithValue("$number", number);
        try
        {
            return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! == 1;
        }
        catch (SqliteException)
        {
            return false; // copied while it was being written
        }
    }
}
