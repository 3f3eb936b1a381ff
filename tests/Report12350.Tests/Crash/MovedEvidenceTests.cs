using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Load;
using Report12350.Tests.Evidence;
using Report12350.Web;

namespace Report12350.Tests.Crash;

/// <summary>The command that moves evidence from one store to the other, run as operators run it, and killed (kill -9) on its way.</summary>
public sealed class MovedEvidenceTests(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>, IDisposable
{
    private const int Files = 8;

    private readonly string folder = Directory.CreateTempSubdirectory("report12350-moved-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Blob => ["--Evidence:Store", "AzureBlob", "--Evidence:Connection", azurite.Connection];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Killed_on_its_way_and_run_again_it_has_moved_everything_there_and_back_and_every_file_opens()
    {
        var random = Drill.Chance(output);
        var (pass, sent) = await SendAsync();
        var all = Directory.GetFiles(Path.Combine(folder, "evidence"), "*", SearchOption.AllDirectories).Length;

        foreach (var (from, to, settings) in new[] { ("Folder", "AzureBlob", Blob), ("AzureBlob", "Folder", (string[])[]) })
        {
            await KillAsync(from, to, random.Next(1, all - 2));
            var (code, said) = await MoveAsync(from, to);
            code.ShouldBe(0, said);
            MovedIn(said).ShouldBeInRange(1, all - 1, "some went before the kill, and some after it");
            (await OpenAllAsync(pass, settings)).ShouldBe(sent, ignoreOrder: true);
            MovedIn((await MoveAsync(from, to)).Said).ShouldBe(0);
        }
    }

    private async Task<(DraftPass Pass, List<(string Name, string Hash)> Sent)> SendAsync()
    {
        await using var door = new BackDoor(folder);
        await door.InstallAsync();
        var pass = await door.Send(new StartDraft());
        for (var no = 1; no <= Files; no++)
        {
            var text = Convert.ToHexString(RandomNumberGenerator.GetBytes(400_000 * no / Files));
            await door.Send(new AttachEvidence(pass, $"{no}.txt", new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text))));
        }

        return (pass, [.. (await door.Send(new ReadDraft(pass)))!.Content.Files.Values.Select(file => (file.Name, file.Sha256))]);
    }

    private async Task<List<(string Name, string Hash)>> OpenAllAsync(DraftPass pass, string[] settings)
    {
        await using var door = new BackDoor(folder, settings);
        var content = (await door.Send(new ReadDraft(pass)))!.Content;
        List<(string, string)> opened = [];
        foreach (var (id, file) in content.Files)
        {
            var hash = await door.InScopeAsync(async scope =>
            {
                await using var plain = await scope.GetRequiredService<EvidenceFiles>().OpenReadAsync(id, ContentKey.From(content.ContentKey).ForFile(id), file.Length, Token);
                return await SHA256.HashDataAsync(plain, Token);
            });
            opened.Add((file.Name, Convert.ToHexStringLower(hash)));
        }

        return opened;
    }

    /// <summary>Once so many files have come or gone in the folder.</summary>
    private async Task KillAsync(string from, string to, int after)
    {
        var (seen, far) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        using var watcher = new FileSystemWatcher(Path.Combine(folder, "evidence")) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName };
        watcher.Created += Count;
        watcher.Deleted += Count;
        watcher.EnableRaisingEvents = true;
        using var process = Start(from, to);
        await far.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);
        process.Kill();
        await process.WaitForExitAsync(Token);

        void Count(object sender, FileSystemEventArgs change)
        {
            if (Interlocked.Increment(ref seen) == after)
                far.TrySetResult();
        }
    }

    private async Task<(int Code, string Said)> MoveAsync(string from, string to)
    {
        using var process = Start(from, to);
        var said = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, said);
    }

    private Process Start(string from, string to) => Process.Start(new ProcessStartInfo("dotnet", [
        typeof(WebSetup).Assembly.Location, "move-evidence", "--from", from, "--to", to, "--Data:Folder", folder, "--Evidence:Connection", azurite.Connection])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
        WorkingDirectory = folder,
    })!;

    private static int MovedIn(string said) => int.Parse(said.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
