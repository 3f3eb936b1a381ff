using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>A place that a thief may carry away, and what is in it.</summary>
internal sealed record Taken(string Place, byte[] Bytes);

/// <summary>All that lies on the disk and in the database after a run.</summary>
internal static class Dump
{
    /// <summary>Every file under the data folder, the database's own too; not the sheet a test keeps instead of paper.</summary>
    public static IEnumerable<Taken> Folder(ReportApplication app) =>
        Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories)
            .Where(file => file != InstalledNotes.FileIn(app.Folder))
            .SelectMany(file => new[] { new Taken($"name of {file}", Encoding.UTF8.GetBytes(file)), new Taken(file, BytesOf(file)) });

    /// <summary>Files that appeared in the temporary folder since. The runtime's own pipes there are empty, and would be waited on.</summary>
    public static IEnumerable<Taken> Temporary(DateTime since) =>
        new DirectoryInfo(Path.GetTempPath()).EnumerateFiles().Where(file => file.LastWriteTimeUtc >= since && file is { Exists: true, Length: > 0 })
            .Select(file => new Taken(file.FullName, BytesOf(file.FullName)));

    /// <summary>Every column of every table, as the engine gives it out.</summary>
    public static Task<List<Taken>> ColumnsAsync(ReportApplication app) => app.Read(async db =>
    {
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        var tables = connection is SqliteConnection
            ? "SELECT name, name FROM sqlite_master WHERE type = 'table'"
            : "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name), table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')";
        List<Taken> taken = [];
        foreach (var (table, name) in await PairsAsync(connection, tables))
            taken.AddRange(await RowsAsync(connection, connection is SqliteConnection ? $"\"{table}\"" : table, name));
        return taken;
    });

    /// <summary>A backup of the database, made as the operations guide says.</summary>
    public static Task<Taken> BackupAsync(ReportApplication app) => app.Read(async db =>
    {
        var connection = db.Database.GetDbConnection();
        if (connection is not SqliteConnection live)
            return new Taken("pg_dump", await PostgresDumpAsync(new NpgsqlConnectionStringBuilder(PostgresApplication.ServerConnection) { Database = connection.Database }));
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.backup");
        try
        {
            await live.OpenAsync();
            await using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()))
            {
                await copy.OpenAsync();
                live.BackupDatabase(copy);
            }

            return new Taken(".backup", await File.ReadAllBytesAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    });

    private static async Task<byte[]> PostgresDumpAsync(NpgsqlConnectionStringBuilder server)
    {
        using var process = Process.Start(new ProcessStartInfo("pg_dump",
            ["--host", server.Host!, "--port", $"{server.Port}", "--username", server.Username!, "--no-password", "--dbname", server.Database!])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        using var dump = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(dump);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return dump.ToArray();
    }

    private static async Task<List<(string, string)>> PairsAsync(System.Data.Common.DbConnection connection, string query)
    {
        List<(string, string)> pairs = [];
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs;
    }

    /// <summary>Bytes as bytes, the rest as text; and whole rows as text, as a backup writes them.</summary>
    private static async Task<List<Taken>> RowsAsync(System.Data.Common.DbConnection connection, string table, string name)
    {
        Dictionary<string, MemoryStream> columns = [];
        await using var command = connection.CreateCommand();
        command.CommandText = connection is NpgsqlConnection ? $"SELECT *, t::text AS whole_row FROM {table} t" : $"SELECT * FROM {table}";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                var value = await reader.IsDBNullAsync(i) ? [] : reader.GetValue(i) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(TextOf(reader.GetValue(i)));
                var column = columns.TryGetValue(reader.GetName(i), out var known) ? known : columns[reader.GetName(i)] = new MemoryStream();
                column.Write(value);
                column.WriteByte((byte)'\n');
            }
        }

        return [.. columns.Select(c => new Taken($"{name}.{c.Key}", c.Value.ToArray()))];
    }

    private static string TextOf(object value) =>
        value is Array list ? string.Join('\n', list.Cast<object>()) : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static byte[] BytesOf(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Another test's, and gone again.
            return [];
        }
    }
}
