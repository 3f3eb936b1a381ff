using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Report12350.Load;

namespace Report12350.Tests.Crash;

/// <summary>The real site, killed while everybody is at it (kill -9), as often as REPORT12350_KILLS says.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly string[] Small = ["--Receipts:Ready", "1"];

    [Fact]
    public async Task What_was_acknowledged_outlives_every_kill_and_what_is_sent_again_is_done_once()
    {
        var (kills, random) = (Kills, Chance());
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

    [Fact]
    public async Task A_first_start_killed_at_any_moment_can_be_started_again()
    {
        var random = Chance();
        for (var kill = 0; kill < Math.Max(3, Kills / 10); kill++)
        {
            var folder = Directory.CreateTempSubdirectory("report12350-kills-").FullName;
            var (first, listening) = SiteUnderLoad.Launch(folder, Small);
            using (var instant = KillInstant.OfFirstStart(folder, random))
                await Task.WhenAny(instant.Come, listening);
            await first.DisposeAsync();

            await using (await SiteUnderLoad.StartAsync(folder, Small))
            await using (var door = new BackDoor(folder))
            {
                (await door.Read(db => db.KeyGroups.CountAsync(g => g.Id == "recovery"))).ShouldBe(1);
                (await door.Read(db => db.StaffInvitations.CountAsync())).ShouldBe(1);
                await door.Read(async db =>
                {
                    await db.ShouldHoldTogetherAsync();
                    return true;
                });
            }

            Directory.Delete(folder, recursive: true);
            File.Delete(folder + ".pfx");
        }
    }

    private static int Kills => Setting("REPORT12350_KILLS") ?? 25;

    private Random Chance()
    {
        var seed = Setting("REPORT12350_KILL_SEED") ?? Random.Shared.Next();
        output.WriteLine($"REPORT12350_KILL_SEED={seed}");
        return new Random(seed);
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
