using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Report12350.Data;

/// <summary>For a county that has outgrown one machine.</summary>
public sealed class PostgresReportsDbContext(DbContextOptions<PostgresReportsDbContext> options) : ReportsDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcForm>();
    }

    private sealed class UtcForm() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(),
        instant => instant);
}
