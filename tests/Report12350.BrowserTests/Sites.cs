using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>The site on SQLite, on a port of its own.</summary>
public sealed class SqliteSite : SqliteApplication
{
    protected override bool OnAPort => true;
}

/// <summary>The site on PostgreSQL, on a port of its own.</summary>
public sealed class PostgresSite : PostgresApplication
{
    protected override bool OnAPort => true;
}
