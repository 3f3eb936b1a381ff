using Microsoft.AspNetCore.Hosting;
using Npgsql;

namespace Report12350.Tests.Hosting;

/// <summary>On PostgreSQL: a database of its own on the server the test script started.</summary>
public class PostgresApplication : ReportApplication
{
    public string Database { get; } = "t" + Guid.NewGuid().ToString("N");

    public static string? ServerConnection => Environment.GetEnvironmentVariable("REPORT12350_TEST_POSTGRES");

    public override async ValueTask InitializeAsync()
    {
        if (ServerConnection is null)
            return;
        await using var source = NpgsqlDataSource.Create(ServerConnection);
        await using var create = source.CreateCommand($"CREATE DATABASE {Database}");
        await create.ExecuteNonQueryAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (ServerConnection is null)
            return;
        await using var source = NpgsqlDataSource.Create(ServerConnection);
        await using var drop = source.CreateCommand($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Database:Engine", "Postgres");
        builder.UseSetting("Database:Connection", new NpgsqlConnectionStringBuilder(ServerConnection) { Database = Database, MaxPoolSize = 30 }.ToString());
    }
}
