using Microsoft.EntityFrameworkCore;
using Report12350.Load;

namespace Report12350.Tests.Crash;

/// <summary>The first start, killed while it lays out the folder: keys, database, groups, invitation.</summary>
public sealed class FirstStartKillTests(ITestOutputHelper output)
{
    private static readonly string[] Small = ["--Receipts:Ready", "1"];

    [Fact]
    public async Task A_first_start_killed_at_any_moment_can_be_started_again()
    {
        var random = Drill.Chance(output);
        for (var kill = 0; kill < Math.Max(3, Drill.Kills / 10); kill++)
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
}
