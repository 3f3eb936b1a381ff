using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Audit;

/// <summary>The hand of somebody who can write to the audit's tables and has no key; what was there can be put back.</summary>
internal static class Tampering
{
    public static Task<int> SqlAsync(this ReportApplication app, string sql) => app.Read(async db =>
    {
        await using var command = await CommandAsync(db, sql);
        return await command.ExecuteNonQueryAsync();
    });

    /// <summary>Keeps the three tables aside, does the harm, looks, and puts them back.</summary>
    public static async Task HarmAsync(this ReportApplication app, Func<Task> harm, Func<Task> look)
    {
        string[] tables = ["Audit", "AuditHead", "AuditCheckpoints"];
        foreach (var table in tables)
            await app.SqlAsync($"CREATE TABLE \"{table}Aside\" AS SELECT * FROM \"{table}\"");
        try
        {
            await harm();
            await look();
        }
        finally
        {
            foreach (var table in tables)
            {
                await app.SqlAsync($"DELETE FROM \"{table}\"");
                await app.SqlAsync($"INSERT INTO \"{table}\" SELECT * FROM \"{table}Aside\"");
                await app.SqlAsync($"DROP TABLE \"{table}Aside\"");
            }
        }
    }

    private static async Task<DbCommand> CommandAsync(DbContext db, string text)
    {
        await db.Database.OpenConnectionAsync();
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        return command;
    }
}
