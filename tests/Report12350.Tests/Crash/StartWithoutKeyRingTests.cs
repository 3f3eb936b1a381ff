using Report12350.Load;

namespace Report12350.Tests.Crash;

/// <summary>The program itself, started on a folder whose key ring is gone: it ends, and makes none.</summary>
public sealed class StartWithoutKeyRingTests
{
    private static readonly string[] Small = ["--Receipts:Ready", "1"];

    [Fact]
    public async Task It_does_not_start_and_starts_again_when_the_ring_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("report12350-ring-").FullName;
        await (await SiteUnderLoad.StartAsync(folder, Small)).DisposeAsync();
        var ring = Path.Combine(folder, "keys", "keyring.json");
        File.Move(ring, ring + ".backup");

        var (site, listening) = SiteUnderLoad.Launch(folder, Small);
        (await Should.ThrowAsync<InvalidOperationException>(listening)).Message.ShouldBe("The site did not start.");
        await site.DisposeAsync();
        File.Exists(ring).ShouldBeFalse();

        File.Move(ring + ".backup", ring);
        await (await SiteUnderLoad.StartAsync(folder, Small)).DisposeAsync();
        Directory.Delete(folder, recursive: true);
        File.Delete(folder + ".pfx");
    }
}
