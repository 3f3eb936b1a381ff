using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Report12350.Tests.Scanning;

/// <summary>Debian's clamd as a process of its own, on a port of its own; its one signature finds EICAR. It can be stopped and started again.</summary>
public sealed class ClamdDaemon : IAsyncLifetime
{
    /// <summary>The test file every scanner finds, put together here so that none finds this one.</summary>
    public static readonly byte[] Eicar = System.Text.Encoding.ASCII.GetBytes("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-" + "TEST-FILE!$H+H*");

    private readonly string folder = Directory.CreateTempSubdirectory("report12350-clamd-").FullName;
    private Process? process;

    public int Port { get; } = FreePort();

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "signatures"));
        await File.WriteAllTextAsync(Path.Combine(folder, "signatures", "test.ndb"), $"Eicar-Signature:0:*:{Convert.ToHexStringLower(Eicar)}\n");
        await StartAsync();
    }

    /// <param name="longest">Bytes of one file it takes.</param>
    public async Task StartAsync(int longest = 30_000_000)
    {
        var settings = Path.Combine(folder, "clamd.conf");
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $"""
            Foreground yes
            DatabaseDirectory {folder}/signatures
            TemporaryDirectory {folder}
            TCPAddr 127.0.0.1
            TCPSocket {Port}
            StreamMaxLength {longest}
            LogVerbose yes

            """));
        process = Process.Start(new ProcessStartInfo("/usr/sbin/clamd", ["--config-file", settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var printed = new System.Text.StringBuilder();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            printed.AppendLine(line.Data);
            if (line.Data?.Contains("Self checking", StringComparison.Ordinal) is true)
                ready.TrySetResult();
        };
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"clamd did not start: {printed}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
