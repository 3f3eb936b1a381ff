using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>A site whose every log line is kept and whose visitors have an address, after a run with marks in every field.</summary>
internal sealed class MarkedSite
{
    public KeptLog Log { get; } = new();

    public MarkedRun Run { get; set; } = null!;

    public void Prepare(IWebHostBuilder builder)
    {
        Log.Listen(builder);
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, FromAnAddress>());
    }

    private sealed class FromAnAddress : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => site =>
        {
            site.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(Visitor.Address);
                return rest(context);
            });
            next(site);
        };
    }
}

public sealed class MarkedSqliteApplication : SqliteApplication
{
    internal MarkedSite Marked { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Marked.Run = await MarkedRun.OfAsync(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        Marked.Prepare(builder);
    }
}

public sealed class MarkedPostgresApplication : PostgresApplication
{
    internal MarkedSite Marked { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (ServerConnection is not null)
            Marked.Run = await MarkedRun.OfAsync(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        Marked.Prepare(builder);
    }
}
