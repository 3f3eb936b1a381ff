using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Load;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Crash;

/// <summary>People who file with a photo, follow, write, and object or withdraw by Direct Line while the site is killed (kill -9) and started again, as often as REPORT12350_CHAT_KILLS says.</summary>
public sealed class ConversationKillTests(ITestOutputHelper output)
{
    /// <summary>One who objects and one who withdraws.</summary>
    private const int FewestPeople = 2;

    [Fact]
    public Task On_SQLite_the_conversation_goes_on_after_every_kill_and_nothing_is_lost_or_done_twice() => GoesOnAsync([]);

    [Fact]
    public async Task On_PostgreSQL_the_conversation_goes_on_after_every_kill_and_nothing_is_lost_or_done_twice()
    {
        Assert.SkipWhen(PostgresApplication.ServerConnection is null && Environment.GetEnvironmentVariable("CI") is null, "PostgreSQL is not there.");
        var database = "k" + Guid.NewGuid().ToString("N");
        await using var server = NpgsqlDataSource.Create(PostgresApplication.ServerConnection!);
        await ExecuteAsync($"CREATE DATABASE {database}");
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(PostgresApplication.ServerConnection) { Database = database, MaxPoolSize = 20 };
            await GoesOnAsync(["--Database:Engine", "Postgres", "--Database:Connection", connection.ToString()]);
        }
        finally
        {
            await ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");
        }

        async Task ExecuteAsync(string statement)
        {
            await using var command = server.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task GoesOnAsync(IReadOnlyList<string> engine)
    {
        var (kills, random, watch) = (Drill.Setting("REPORT12350_CHAT_KILLS") ?? 4, Drill.Chance(output), Stopwatch.StartNew());
        var folder = Directory.CreateTempSubdirectory("report12350-kills-").FullName;
        await using var door = new BackDoor(folder, engine);
        await door.InstallAsync();
        var officers = await Officers.JoinAsync(door);
        var port = FreePort();
        var (people, lost, taken) = (new List<Talker>(), 0, 0);

        var site = await StartAsync(folder, port, engine);
        for (var kill = 1; kill <= kills || people.Count < FewestPeople || !people[^1].IsDone; kill++)
        {
            if (people.Count == 0 || people[^1].IsDone)
                people.Add(await Talker.BeginAsync(site, objects: people.Count % 2 == 0, GiveFeedbackAsync));
            var person = people[^1];
            if (kill > kills)
            {
                await person.TalkAsync(() => false);
                continue;
            }

            SqliteConnection.ClearAllPools();
            using var instant = engine.Count > 0 ? KillInstant.WithinRequest(folder, Talker.Turns / 2, random) : KillInstant.ByChance(folder, Talker.Turns / 2, random);
            var talking = person.TalkAsync(() => instant.IsOver, instant.AnswerCame);
            await Task.WhenAny(instant.Come, talking);
            instant.Over();
            await site.DisposeAsync();
            await talking;
            site = await StartAsync(folder, port, engine);
            var (cutOff, done) = await person.ComeBackAsync();
            (lost, taken) = (lost + (cutOff && !done ? 1 : 0), taken + (done ? 1 : 0));
            output.WriteLine($"kill {kill}, {watch.Elapsed.TotalSeconds:0.0} s, at: {person.Asked}");
        }

        await site.DisposeAsync();
        await EachActWasDoneOnceAsync(door, people);
        output.WriteLine($"{kills} kills in {watch.Elapsed.TotalSeconds:0} s: {people.Count} conversations to their end; {lost} turns without an answer were lost and said again, {taken} had been taken.");
        Directory.Delete(folder, recursive: true);

        // Nobody but the site has the database open when it dies, so that its next start has the log to recover.
        async Task GiveFeedbackAsync(string number)
        {
            await officers.GiveFeedbackAsync(number);
            SqliteConnection.ClearAllPools();
        }
    }

    private static async Task EachActWasDoneOnceAsync(BackDoor door, List<Talker> people)
    {
        var photo = Convert.ToHexStringLower(SHA256.HashData(await Talker.PhotoAsync()));
        var reports = await door.Read(db => db.Reports.AsNoTracking().Include(r => r.Timeline).ToListAsync());
        reports.Select(r => r.Number).Order().ShouldBe(people.Select(p => p.Number!).Order(), "each filed exactly once");
        foreach (var person in people)
        {
            var report = reports.Single(r => r.Number == person.Number);
            int Count(ReportAction act) => report.Timeline.Count(e => e.Act == act.ToString());
            (report.Channel, Count(ReportAction.WriteToOfficers), Count(ReportAction.Object), Count(ReportAction.Withdraw))
                .ShouldBe((Channel.Chat, 1, person.Objects ? 1 : 0, person.Objects ? 0 : 1));
            Receipt.TryParse(person.Receipt, out var receipt).ShouldBeTrue();
            var hashes = await door.InScopeAsync(async scope =>
            {
                var opener = scope.GetRequiredService<ReportOpener>();
                return opener.ForReporter(await opener.PassForReceiptAsync(receipt, CancellationToken.None))!.Content<ReportAnswers>(report).FileHashes;
            });
            hashes.Select(hash => hash.ToLowerInvariant()).ShouldBe([photo]);
        }

        (await door.Read(db => db.EvidenceFiles.CountAsync())).ShouldBe(people.Count, "each photo once");
    }

    private static Task<SiteUnderLoad> StartAsync(string folder, int port, IReadOnlyList<string> engine) =>
        SiteUnderLoad.StartAsync(folder, ["--urls", $"https://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--Receipts:Ready", "1", .. engine]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
