using Microsoft.AspNetCore.Hosting;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Bot;

/// <summary>The channels of others, set up beside the site's own pages.</summary>
internal static class EveryFace
{
    public static void Open(IWebHostBuilder builder, BotCloud cloud)
    {
        cloud.Configure(builder, cloud.ServiceUrl);
        builder.UseSetting("WeChat:Token", WeChatApplication.Token);
        builder.UseSetting("WeChat:Account", WeChatApplication.Account);
    }
}

/// <summary>The site on SQLite, with a conversation to be had on every face.</summary>
public class EveryFaceOnSqlite : SqliteApplication
{
    public BotCloud Cloud { get; } = new();

    protected override IAsyncLifetime Beside => Cloud;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        EveryFace.Open(builder, Cloud);
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class EveryFaceOnPostgres : PostgresApplication
{
    public BotCloud Cloud { get; } = new();

    protected override IAsyncLifetime Beside => Cloud;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        EveryFace.Open(builder, Cloud);
    }
}

/// <summary>The same where few receipts are a flood.</summary>
public sealed class FloodedFaces : EveryFaceOnSqlite
{
    public const int Calm = 3;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Flood:Burst", $"{Calm + 1}");
    }
}
