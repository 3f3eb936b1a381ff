using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Reports;
using Report12350.Load;

namespace Report12350.Tests.Crash;

/// <summary>A person who files, follows and writes by Direct Line while the site is killed (kill -9) and started again, as often as REPORT12350_CHAT_KILLS says.</summary>
public sealed class ConversationKillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_conversation_goes_on_after_every_kill_with_all_that_was_acknowledged_and_files_once()
    {
        var (kills, random, watch) = (Drill.Setting("REPORT12350_CHAT_KILLS") ?? 4, Drill.Chance(output), Stopwatch.StartNew());
        var folder = Directory.CreateTempSubdirectory("report12350-kills-").FullName;
        await using var door = new BackDoor(folder);
        await door.InstallAsync();
        var port = FreePort();
        var (people, lost, taken) = (new List<Talker>(), 0, 0);

        var site = await StartAsync(folder, port);
        for (var kill = 1; kill <= kills || !people[^1].IsDone; kill++)
        {
            if (people.Count == 0 || people[^1].IsDone)
                people.Add(await Talker.BeginAsync(site));
            var person = people[^1];
            if (kill > kills)
            {
                await person.TalkAsync(() => false);
                continue;
            }

            // Nobody but the site has the database open when it dies, so that its next start has the log to recover.
            SqliteConnection.ClearAllPools();
            using var instant = KillInstant.ByChance(folder, Talker.Turns, random);
            var talking = person.TalkAsync(() => instant.IsOver, instant.AnswerCame);
            await Task.WhenAny(instant.Come, talking);
            instant.Over();
            await site.DisposeAsync();
            await talking;
            site = await StartAsync(folder, port);
            var (cutOff, done) = await person.ComeBackAsync();
            (lost, taken) = (lost + (cutOff && !done ? 1 : 0), taken + (done ? 1 : 0));
            output.WriteLine($"kill {kill}, {watch.Elapsed.TotalSeconds:0.0} s, at: {person.Asked}");
        }

        await site.DisposeAsync();
        var reports = await door.Read(db => db.Reports.AsNoTracking().Include(r => r.Timeline).ToListAsync());
        reports.Select(r => r.Number).Order().ShouldBe(people.Select(p => p.Number!).Order(), "each filed exactly once");
        reports.ShouldAllBe(r => r.Channel == Channel.Chat && r.Timeline.Count(e => e.Act == nameof(ReportAction.WriteToOfficers)) == 1);
        output.WriteLine($"{kills} kills in {watch.Elapsed.TotalSeconds:0} s: {people.Count} conversations to their end; {lost} turns without an answer were lost and said again, {taken} had been taken.");
        Directory.Delete(folder, recursive: true);
    }

    private static Task<SiteUnderLoad> StartAsync(string folder, int port) =>
        SiteUnderLoad.StartAsync(folder, "--urls", $"https://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--Receipts:Ready", "1");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
