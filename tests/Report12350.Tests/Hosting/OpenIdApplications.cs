using Microsoft.AspNetCore.Hosting;

namespace Report12350.Tests.Hosting;

/// <summary>The site on SQLite beside an identity provider.</summary>
public class OpenIdSqliteApplication : SqliteApplication
{
    public IdentityProvider Provider { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Provider = await IdentityProvider.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseProvider(Provider.Address);
    }
}

/// <summary>The site on PostgreSQL beside one.</summary>
public sealed class OpenIdPostgresApplication : PostgresApplication
{
    public IdentityProvider Provider { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Provider = await IdentityProvider.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseProvider(Provider.Address);
    }
}
