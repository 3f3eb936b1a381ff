using Microsoft.EntityFrameworkCore;
using Report12350.Load;

namespace Report12350.Tests.Crash;

public sealed class KilledUpgradeTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report12350-upgrade-").FullName;
    private readonly BackDoor door;

    public KilledUpgradeTests() => door = new BackDoor(folder);

    [Fact]
    public async Task The_lock_of_an_upgrade_that_was_killed_keeps_no_later_start_waiting()
    {
        await door.Read(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-03-02 01:00:00+00:00');
            """));

        await door.InstallAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        (await door.Read(db => db.KeyGroups.CountAsync(g => g.Id == "recovery"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_came_no_further_than_an_empty_file_is_installed()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "report12350.db"), [], TestContext.Current.CancellationToken);

        await door.InstallAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        (await door.Read(db => db.KeyGroups.CountAsync(g => g.Id == "recovery"))).ShouldBe(1);
    }

    [Fact]
    public async Task Two_first_starts_at_once_install_once()
    {
        await using var other = new BackDoor(folder);

        await Task.WhenAll(Task.Run(door.InstallAsync), Task.Run(other.InstallAsync)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        (await door.Read(db => db.StaffInvitations.CountAsync())).ShouldBe(1);
    }

    public async ValueTask DisposeAsync()
    {
        await door.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
