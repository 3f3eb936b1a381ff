using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Confidentiality;

/// <summary>The hand of somebody who can write to the database and has no key.</summary>
internal static class SealedColumns
{
    public static Task<List<byte[]>> ValuesAsync(this ReportApplication app, string table, string column) => app.Read(async db =>
    {
        await using var command = await CommandAsync(db, $"SELECT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync();
        List<byte[]> values = [];
        while (await reader.ReadAsync())
            values.Add((byte[])reader.GetValue(0));
        return values.FindAll(value => value.Length > 0);
    });

    /// <summary>Puts one value in the place of another.</summary>
    public static Task ReplaceAsync(this ReportApplication app, string table, string column, byte[] old, byte[] value) => app.Read(async db =>
    {
        await using var command = await CommandAsync(db, $"UPDATE \"{table}\" SET \"{column}\" = @value WHERE \"{column}\" = @old");
        Add(command, "value", value);
        Add(command, "old", old);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        return 0;
    });

    public static async Task SwapAsync(this ReportApplication app, string table, string column, byte[] one, byte[] other)
    {
        byte[] aside = [1, 2, 3];
        await app.ReplaceAsync(table, column, one, aside);
        await app.ReplaceAsync(table, column, other, one);
        await app.ReplaceAsync(table, column, aside, other);
    }

    /// <summary>One bit of one byte is another.</summary>
    public static byte[] Flipped(byte[] value, int at)
    {
        byte[] flipped = [.. value];
        flipped[at] ^= 0x10;
        return flipped;
    }

    private static async Task<DbCommand> CommandAsync(DbContext db, string text)
    {
        await db.Database.OpenConnectionAsync();
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        return command;
    }

    private static void Add(DbCommand command, string name, byte[] value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
