using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Report12350.Tests.Architecture;

namespace Report12350.Tests.Evidence;

/// <summary>The blob store's own emulator as a process of its own; it can be stopped and started again on what it held.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="; // the emulator's, printed in its manual
    private readonly string folder = Directory.CreateTempSubdirectory("report12350-azurite-").FullName;
    private Process? process;
    private int port;

    public string Folder => folder;

    public string Connection =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/{Account};";

    public async ValueTask InitializeAsync() => await StartAsync();

    public async Task StartAsync()
    {
        var program = Path.Combine(SourceFile.Root, "tests", "Report12350.Tests", "node_modules", "azurite", "dist", "src", "blob", "main.js");
        process = Process.Start(new ProcessStartInfo("node", [
            program, "--location", folder, "--blobHost", "127.0.0.1", "--blobPort", port.ToString(CultureInfo.InvariantCulture),
            "--silent", "--disableTelemetry", "--skipApiVersionCheck"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
                listening.TrySetResult(int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture));
        };
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("Azurite did not start."));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        port = await listening.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    /// <summary>Ends it as asked to, so that it keeps what it answered for.</summary>
    public async Task StopAsync()
    {
        using var stop = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"listens on https?://[^:]+:(?<port>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
