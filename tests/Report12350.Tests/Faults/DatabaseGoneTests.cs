using Npgsql;
using Report12350.Tests.Bot;
using Report12350.Tests.Hosting;
using Report12350.Tests.Web;

namespace Report12350.Tests.Faults;

/// <summary>On PostgreSQL, on a database that can be taken away and given back.</summary>
public sealed class VanishingApplication : PostgresApplication
{
    public Task CloseAsync() => RunAsync(
        $"ALTER DATABASE {Database} ALLOW_CONNECTIONS false",
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Database}'");

    public async Task RenameAsync()
    {
        await CloseAsync();
        await RunAsync($"ALTER DATABASE {Database} RENAME TO {Database}_gone");
    }

    public async Task BringBackAsync()
    {
        if (await CountAsync($"SELECT count(*) FROM pg_database WHERE datname = '{Database}_gone'") > 0)
            await RunAsync($"ALTER DATABASE {Database}_gone RENAME TO {Database}");
        await RunAsync($"ALTER DATABASE {Database} ALLOW_CONNECTIONS true");
    }

    private static async Task RunAsync(params string[] statements)
    {
        await using var source = NpgsqlDataSource.Create(ServerConnection!);
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<long> CountAsync(string query)
    {
        await using var source = NpgsqlDataSource.Create(ServerConnection!);
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}

/// <summary>数据库不在了: every page says so in words, what was typed stays on it, and all goes on when the database is back.</summary>
public sealed class DatabaseGoneTests(VanishingApplication app) : IClassFixture<VanishingApplication>
{
    private const string Typed = "厨房用的煤气瓶放在楼梯间,没有报警器,夜里还锁门,已经一个月了。";

    [Theory]
    [InlineData("zh-CN", false)]
    [InlineData("en", false)]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    public async Task The_form_goes_on_where_it_was_when_the_database_is_back(string language, bool renamed)
    {
        using var browser = await FilingWalk.StartAsync(app, "/report/what", language);
        await (renamed ? app.RenameAsync() : app.CloseAsync());
        try
        {
            await browser.SendAsync(("Narrative", Typed), ("Witnesses", "门卫"));
            browser.ShouldBeToldToSendAgain(language, Typed, "门卫");
            using var reading = new FilingBrowser(app, language) { DraftCookie = browser.DraftCookie! };
            await reading.ShouldNotOpenAsync("/report/what", language);
            await reading.OpenAsync("/");
            reading.Status.ShouldBe(System.Net.HttpStatusCode.OK, "what needs no database still opens");
        }
        finally
        {
            await app.BringBackAsync();
        }

        await browser.SendAgainAsync();
        browser.Path.ShouldNotBe("/report/what", browser.Text);
        await browser.FileAsync();
    }

    /// <summary>Microsoft's client sends again by itself what was answered 503, and takes nothing else for a fault that passes.</summary>
    [Fact]
    public async Task Over_Direct_Line_what_could_not_be_taken_is_asked_for_again_and_then_taken_once()
    {
        using var client = await DirectLineClient.BeginAsync(app.Browser());
        await app.CloseAsync();
        try
        {
            await client.AskAsync("POST", client.Own("/activities"), new { type = "message", text = "1" }, System.Net.HttpStatusCode.ServiceUnavailable);
            await client.AskAsync("GET", client.Own("/activities"), status: System.Net.HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            await app.BringBackAsync();
        }

        await client.SayAsync("1", "again");
        (await client.PollAsync()).Count(a => a.Role() == "user").ShouldBe(1);
    }

    [Fact]
    public async Task Connections_broken_off_for_a_moment_lose_nothing()
    {
        using var browser = await FilingWalk.StartAsync(app, "/report/check");
        var before = await app.ReportCountAsync();
        await app.CloseAsync();
        await app.BringBackAsync();
        await browser.SendAsync(("TruthPledged", "true"));
        while (browser.Status == System.Net.HttpStatusCode.ServiceUnavailable)
            await browser.SendAgainAsync();
        browser.Path.ShouldBe("/report/done", browser.Text);
        (await app.ReportCountAsync()).ShouldBe(before + 1);
    }
}
