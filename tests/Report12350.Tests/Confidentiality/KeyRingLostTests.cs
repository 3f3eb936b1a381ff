using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Retention;

namespace Report12350.Tests.Confidentiality;

/// <summary>A site whose key ring is gone, or is another one, does not start and makes none.</summary>
public abstract class KeyRingLostTests(ReportApplication app)
{
    [Fact]
    public async Task It_does_not_start_until_the_ring_is_back()
    {
        var filed = await app.FileAsync();
        var ring = Path.Combine(app.Folder, "keys", "keyring.json");
        var backup = await File.ReadAllBytesAsync(ring, TestContext.Current.CancellationToken);

        File.Delete(ring);
        (await Should.ThrowAsync<KeyRingLostException>(StartAsync)).Message.ShouldContain("keys/keyring.json");
        File.Exists(ring).ShouldBeFalse("a new ring would look like the old one");

        using (var other = new TempRing())
            File.Copy(other.File, ring);
        await Should.ThrowAsync<KeyRingLostException>(StartAsync);

        await File.WriteAllBytesAsync(ring, backup, TestContext.Current.CancellationToken);
        await StartAsync();
        (await app.TypeReceiptAsync(filed)).Pass.ShouldNotBeNull();
    }

    /// <summary>As the program does before it serves, in a process that has not read the ring yet.</summary>
    private async Task StartAsync()
    {
        var configuration = app.Services.GetRequiredService<IConfiguration>();
        await using var services = new ServiceCollection().AddSingleton(configuration).AddLogging().AddReport12350(configuration).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Installation>().RunAsync(_ => { }, TestContext.Current.CancellationToken);
    }
}

public sealed class KeyRingLostOnSqliteTests(SqliteApplication app) : KeyRingLostTests(app), IClassFixture<SqliteApplication>;

public sealed class KeyRingLostOnPostgresTests(PostgresApplication app) : KeyRingLostTests(app), IClassFixture<PostgresApplication>;
