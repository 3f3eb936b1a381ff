using System.Text;
using Report12350.Domain.Evidence;
using Report12350.Evidence.Cleaning;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>What reads files is kept apart: it knows nothing, keeps nothing, and ends in time.</summary>
public sealed class DecoderTests
{
    [Fact]
    public async Task It_inherits_no_setting_and_no_secret()
    {
        Environment.SetEnvironmentVariable("REPORT12350_TEST_SECRET", "PLANTED");

        var known = (await RunAsync(["env"], [])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf('=', StringComparison.Ordinal)]);

        known.ShouldBe(["PATH", "LC_ALL", "TMPDIR", "MAGICK_TEMPORARY_PATH", "MALLOC_ARENA_MAX", "DOTNET_GCHeapHardLimit", "DOTNET_EnableDiagnostics", "DOTNET_EnableWriteXorExecute", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_TieredPGO"], ignoreOrder: true);
    }

    [Fact]
    public async Task It_reads_what_comes_in_and_hands_over_what_it_made_of_it() =>
        (await RunAsync(["tr", "a-z", "A-Z"], "gas bottles"u8.ToArray())).ShouldBe("GAS BOTTLES");

    [Fact]
    public async Task It_can_write_no_file()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await RefusedAsync(["sh", "-c", $"echo plain > {path}"], TimeSpan.FromSeconds(20));
        if (File.Exists(path))
            new FileInfo(path).Length.ShouldBe(0);
        File.Delete(path);
    }

    [Fact]
    public async Task It_is_ended_when_its_time_is_over() =>
        (await RefusedAsync(["sleep", "600"], TimeSpan.FromMilliseconds(300))).ShouldBe(NotCleaned.TooMuch);

    [Fact]
    public async Task It_gets_no_more_memory_than_it_may_have()
    {
        await RefusedAsync(["perl", "-e", "$x = 'a' x 600_000_000; print length $x"], TimeSpan.FromSeconds(20));
        (await RunAsync(["perl", "-e", "$x = 'a' x 60_000_000; print length $x"], [])).ShouldBe("60000000");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_said_and_not_thrown()
    {
        (await RefusedAsync(["no-such-program-12350"], TimeSpan.FromSeconds(20))).ShouldBe(NotCleaned.Unavailable);
        using var bench = new Bench(ffmpeg: "no-such-ffmpeg-12350");
        var (said, _) = await bench.CleanAsync([0x1A, 0x45, 0xDF, 0xA3, 0, 0], "video.webm", "video/webm");
        said.Uncleaned.ShouldBe(NotCleaned.Unavailable);
    }

    [Fact]
    public async Task Who_has_waited_in_vain_leaves_the_place_to_the_next()
    {
        using var bench = new Bench(TimeSpan.FromMilliseconds(300));
        for (var n = 0; n < 12; n++)
            (await Should.ThrowAsync<NotCleanedException>(() => ReadAsync(bench, ["sleep", "600"], []))).Why.ShouldBe(NotCleaned.TooMuch);
    }

    private static async Task<string> RunAsync(IReadOnlyList<string> command, byte[] file)
    {
        using var bench = new Bench();
        return await ReadAsync(bench, command, file);
    }

    private static async Task<NotCleaned> RefusedAsync(IReadOnlyList<string> command, TimeSpan longest)
    {
        using var bench = new Bench(longest);
        return (await Should.ThrowAsync<NotCleanedException>(() => ReadAsync(bench, command, []))).Why;
    }

    private static async Task<string> ReadAsync(Bench bench, IReadOnlyList<string> command, byte[] file)
    {
        await using var process = await bench.Decoder.StartAsync(command, new MemoryStream(file), TestContext.Current.CancellationToken);
        using var whole = new MemoryStream();
        await process.CopyToAsync(whole, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(whole.ToArray());
    }
}
