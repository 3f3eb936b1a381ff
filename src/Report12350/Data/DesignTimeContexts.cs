using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Report12350.Data;

internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteReportsDbContext>
{
    public SqliteReportsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteReportsDbContext>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresReportsDbContext>
{
    public PostgresReportsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresReportsDbContext>().UseNpgsql("Host=none").Options);
}
