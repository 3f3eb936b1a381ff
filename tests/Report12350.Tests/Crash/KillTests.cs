using System.Diagnostics;
using Report12350.Load;

namespace Report12350.Tests.Crash;

/// <summary>The real site, killed while everybody is at it (kill -9), as often as REPORT12350_KILLS says.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task What_was_acknowledged_outlives_every_kill_and_what_is_sent_again_is_done_once()
    {
        var (kills, random) = (Drill.Kills, Drill.Chance(output));
        var watch = Stopwatch.StartNew();
        var (cutOff, done) = (0, 0);

        await using var bustle = await Bustle.LayOutAsync();
        Round? round = null;
        for (var kill = 1; kill <= kills; kill++)
        {
            output.WriteLine($"kill {kill}, {watch.Elapsed.TotalSeconds:0.0} s");
            await using var site = await bustle.StartSiteAsync();
            await SettleAsync(site);
            round = await bustle.PrepareAsync(site, random);
            await round.SendUntilKilledAsync(site, random);
        }

        await using var last = await bustle.StartSiteAsync();
        await SettleAsync(last);
        await EverythingIsStillThereAsync();
        var sum = $"{kills} kills in {watch.Elapsed.TotalSeconds:0} s: {bustle.Drafts.Count} reports filed, {cutOff} forms without an answer, {done} of them had been done.";
        output.WriteLine(sum);

        async Task SettleAsync(SiteUnderLoad site)
        {
            if (round is null)
                return;
            var (without, all) = await round.SettleAsync(site);
            (cutOff, done) = (cutOff + without, done + all);
        }

        async Task EverythingIsStillThereAsync()
        {
            var books = await bustle.BooksAsync(bustle.Drafts.Keys);
            books.ShouldBalance(bustle.Drafts.Count);
            books.Filed.Values.Select(filed => filed.Number).Distinct().Count().ShouldBe(bustle.Drafts.Count);
            books.Filed.Values.Select(filed => filed.Receipt).Distinct().Count().ShouldBe(bustle.Drafts.Count);
        }
    }
}
