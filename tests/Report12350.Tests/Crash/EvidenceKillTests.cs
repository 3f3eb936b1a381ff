using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Report12350.Intake;
using Report12350.Load;
using Report12350.Tests.Architecture;

namespace Report12350.Tests.Crash;

/// <summary>A large file sent by tus-js-client while the site is killed (kill -9) and started again, as often and as large as REPORT12350_UPLOAD_KILLS and _MEGABYTES say.</summary>
public sealed class EvidenceKillTests(ITestOutputHelper output)
{
    private const int Chunk = 8 * 1024 * 1024;
    private const int MostMegabytes = 250;

    [Fact]
    public async Task What_was_acknowledged_of_a_file_is_not_sent_again_and_all_of_it_arrives()
    {
        var (megabytes, kills, random) = (Drill.Setting("REPORT12350_UPLOAD_MEGABYTES") ?? 40, Drill.Setting("REPORT12350_UPLOAD_KILLS") ?? 3, Drill.Chance(output));
        var folder = Directory.CreateTempSubdirectory("report12350-kills-").FullName;
        await using var door = new BackDoor(folder);
        await door.InstallAsync();
        var pass = await door.Send(new StartDraft());
        var (file, hash) = await NewFileAsync(megabytes);
        var (port, watch, resident) = (FreePort(), Stopwatch.StartNew(), 0L);
        var instants = Enumerable.Range(0, kills).Select(_ => random.NextInt64((megabytes * 1024L * 1024) - Chunk)).Order().ToList(); // killed in the last piece it may have all, and no more is heard of

        var site = await StartAsync(folder, port);
        using var sender = Sender($"https://127.0.0.1:{port}/evidence/files", $"__Host-draft={pass.ToCookie()}", file);
        var (acknowledged, done) = (0L, false);
        while (await sender.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var words = line.Split(' ');
            done |= words[0] == "done";
            if (words is ["request", "PATCH", var from])
                Number(from).ShouldBeGreaterThanOrEqualTo(acknowledged, "acknowledged and sent again");
            if (words is ["response", "PATCH" or "HEAD", "200" or "204", var to])
            {
                Number(to).ShouldBeGreaterThanOrEqualTo(acknowledged, "acknowledged and lost");
                acknowledged = Number(to);
            }

            if (words is ["progress", var sent] && instants.Count > 0 && Number(sent) >= instants[0])
            {
                instants.RemoveAt(0);
                resident = Math.Max(resident, site.ResidentMegabytes());
                await site.DisposeAsync();
                site = await StartAsync(folder, port);
            }

            if (words[0] == "error")
                output.WriteLine(line);
        }

        resident = Math.Max(resident, site.ResidentMegabytes());
        await site.DisposeAsync();
        done.ShouldBeTrue();
        instants.ShouldBeEmpty();
        var received = (await door.Send(new ReadDraft(pass)))!.Content.Files.Values.ShouldHaveSingleItem();
        received.Sha256.ShouldBe(hash);
        output.WriteLine($"{megabytes} MB, {kills} kills, {watch.Elapsed.TotalSeconds:0} s, at most {resident} MB resident");
        resident.ShouldBeLessThanOrEqualTo(MostMegabytes);
        File.Delete(file);
        Directory.Delete(folder, recursive: true);
    }

    private static Task<SiteUnderLoad> StartAsync(string folder, int port) =>
        SiteUnderLoad.StartAsync(folder, "--urls", $"https://127.0.0.1:{port}", "--Receipts:Ready", "1");

    private static Process Sender(string address, string cookie, string file)
    {
        var start = new ProcessStartInfo("node", [
            Path.Combine(SourceFile.Root, "tests", "Report12350.Tests", "Evidence", "send.cjs"), address, cookie, file, Chunk.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
        start.Environment["NODE_NO_WARNINGS"] = "1";
        return Process.Start(start)!;
    }

    private static async Task<(string Path, string Hash)> NewFileAsync(int megabytes)
    {
        var path = Path.GetTempFileName();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(path);
        for (var i = 0; i < megabytes; i++)
        {
            var piece = RandomNumberGenerator.GetBytes(1024 * 1024);
            if (i == 0)
                ((byte[])[0, 0, 0, 24, .. "ftypmp42"u8]).CopyTo(piece, 0);
            hash.AppendData(piece);
            await file.WriteAsync(piece);
        }

        return (path, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
