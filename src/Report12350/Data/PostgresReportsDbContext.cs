using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Report12350.Data;

/// <summary>For a county that has outgrown one machine.</summary>
public sealed class PostgresReportsDbContext(DbContextOptions<PostgresReportsDbContext> options) : ReportsDbContext(options)
{
    protected override string AuditRowsSql =>
        """
        SELECT "Id", ((extract(epoch from "At") * 1000000)::bigint * 10 + 621355968000000000)::text AS "At", "Act",
          "StaffId"::text AS "StaffId", "Role", "Department", "ReportId"::text AS "ReportId",
          "Refused"::int::text AS "Refused", upper(encode("Hash", 'hex')) AS "Hash"
        FROM "Audit" WHERE "Id" > {0} AND "Id" <= {1} ORDER BY "Id" LIMIT {2}
        """;

    protected override string AuditEndsSql =>
        """SELECT "Sequence", upper(encode("Hash", 'hex')) AS "Hash", (SELECT min("Id") FROM "Audit") AS "First", (SELECT max("Id") FROM "Audit") AS "Last" FROM "AuditHead" """;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcForm>();
    }

    private sealed class UtcForm() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(),
        instant => instant);
}
