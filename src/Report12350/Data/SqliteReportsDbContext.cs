using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Report12350.Data;

/// <summary>The embedded default. SQLite can't order instants, so they are stored as UTC ticks.</summary>
public sealed class SqliteReportsDbContext(DbContextOptions<SqliteReportsDbContext> options) : ReportsDbContext(options)
{
    /// <summary>Whoever changes a letter of an id to its capital changes the row.</summary>
    protected override string AuditRowsSql =>
        """
        SELECT "Id", CAST("At" AS TEXT) AS "At", "Act",
          CASE WHEN "StaffId" = upper("StaffId") THEN lower("StaffId") ELSE '?' || "StaffId" END AS "StaffId",
          "Role", "Department",
          CASE WHEN "ReportId" = upper("ReportId") THEN lower("ReportId") ELSE '?' || "ReportId" END AS "ReportId",
          CAST("Refused" AS TEXT) AS "Refused", hex("Hash") AS "Hash"
        FROM "Audit" WHERE "Id" > {0} AND "Id" <= {1} ORDER BY "Id" LIMIT {2}
        """;

    protected override string AuditEndsSql =>
        """SELECT "Sequence", hex("Hash") AS "Hash", (SELECT min("Id") FROM "Audit") AS "First", (SELECT max("Id") FROM "Audit") AS "Last" FROM "AuditHead" """;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TicksForm>();
    }

    private sealed class TicksForm() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
