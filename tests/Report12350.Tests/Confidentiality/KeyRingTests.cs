using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class KeyRingTests
{
    [Fact]
    public void A_ring_once_made_stays_the_same()
    {
        using var temp = new TempRing();

        var again = KeyRing.OpenOrCreate(temp.Folder);

        Secrets(again).ShouldBe(Secrets(temp.Ring));
        Secrets(again).Distinct().Count().ShouldBe(5);
        again.SessionKey.Length.ShouldBe(32);
        again.SiteSalt.Length.ShouldBe(16);
    }

    [Fact]
    public void Only_the_owner_may_read_the_ring()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var temp = new TempRing();

        FileMode(temp.File).ShouldBe("UserWrite, UserRead");
        FileMode(Path.GetDirectoryName(temp.File)!).ShouldBe("UserExecute, UserWrite, UserRead");
    }

    [Fact]
    public async Task Whoever_races_to_make_the_ring_gets_the_same_one()
    {
        for (var round = 0; round < 100; round++)
        {
            using var temp = new TempFolder();
            using var start = new Barrier(8);
            var rings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return KeyRing.OpenOrCreate(temp.Path);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            rings.SelectMany(Secrets).Distinct().Count().ShouldBe(5);
            Directory.GetFiles(temp.Path, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"SitePepper":"AAAA","SiteSalt":"AAAA","IndexKey":"AAAA","SessionKey":"AAAA","SigningSeed":"AAAA"}""")]
    public void A_damaged_ring_is_refused_and_left_as_it_is(string json)
    {
        using var temp = new TempFolder();
        var file = Path.Combine(temp.Path, "keys", "keyring.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json);

        Should.Throw<InvalidDataException>(() => KeyRing.OpenOrCreate(temp.Path));
        File.ReadAllText(file).ShouldBe(json);
    }

    private static string[] Secrets(KeyRing ring) =>
    [
        Convert.ToHexString(ring.SitePepper), Convert.ToHexString(ring.SiteSalt), Convert.ToHexString(ring.IndexKey),
        Convert.ToHexString(ring.SessionKey), Convert.ToHexString(ring.SigningSeed),
    ];

    private static string FileMode(string path) =>
        OperatingSystem.IsWindows() ? "" : File.GetUnixFileMode(path).ToString();

    private sealed class TempFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("r12350-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
