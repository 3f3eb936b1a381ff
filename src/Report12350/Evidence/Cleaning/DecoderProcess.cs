using System.ComponentModel;
using System.Diagnostics;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>
/// A program that reads one file (解码进程), kept apart: it gets the bytes and hands over bytes, and nothing else. No file, no setting, no
/// secret; so much memory and so many seconds. Reading it to its end says whether it went well.
/// </summary>
internal sealed class DecoderProcess : ForwardStream
{
    /// <summary>The most it may take: what it holds of its own, and how long.</summary>
    private const long MemoryLimit = 240 * 1024 * 1024;
    private const int HeapLimit = 150 * 1024 * 1024;
    private const int NotesLength = 256;

    private static readonly string[] Limits = [Invariant($"--data={MemoryLimit}"), "--core=0", "--nofile=256", "--stack=2097152"];

    private readonly Process process;
    private readonly Action over;
    private readonly CancellationTokenSource time;
    private readonly Task feeding;
    private readonly Task<string> notes;
    private bool ended;

    private DecoderProcess(Process process, Stream original, TimeSpan longest, Action over)
    {
        (this.process, this.over, time) = (process, over, new CancellationTokenSource(longest));
        time.Token.Register(Kill);
        feeding = FeedAsync(original);
        notes = NotesAsync();
    }

    /// <summary>What it said beside; known at the end.</summary>
    public string Notes { get; private set; } = "";

    /// <exception cref="NotCleanedException">There is no such program here.</exception>
    public static DecoderProcess Start(IReadOnlyList<string> command, Stream original, TimeSpan longest, TimeSpan copying, long fileLimit, Action over)
    {
        var start = new ProcessStartInfo("prlimit", [.. Limits, Invariant($"--cpu={Math.Ceiling(longest.TotalSeconds)}"), Invariant($"--fsize={fileLimit}"), "--", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        Bare(start.Environment);
        try
        {
            return new DecoderProcess(Process.Start(start)!, original, longest + copying, over);
        }
        catch (Win32Exception)
        {
            throw new NotCleanedException(NotCleaned.Unavailable);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken);
        if (read == 0 && !buffer.IsEmpty)
            await EndAsync(cancellationToken);
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        Kill();
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task)notes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Dispose();
        time.Dispose();
        over();
        await base.DisposeAsync();
    }

    /// <summary>It inherits nothing that this program knows.</summary>
    private static void Bare(IDictionary<string, string?> environment)
    {
        environment.Clear();
        environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        environment["LC_ALL"] = "C.UTF-8";
        environment["TMPDIR"] = environment["MAGICK_TEMPORARY_PATH"] = "/nowhere";
        environment["MALLOC_ARENA_MAX"] = "1";
        environment["DOTNET_GCHeapHardLimit"] = Invariant($"{HeapLimit:x}");
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_EnableWriteXorExecute"] = "0"; // its way of doing so needs a file
        environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        environment["DOTNET_TieredPGO"] = "0";
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (ended)
            return;
        await process.WaitForExitAsync(cancellationToken);
        Notes = await notes;
        ended = true;
        if (process.ExitCode != 0)
            throw new NotCleanedException(WhyOf(process.ExitCode));
        try
        {
            await feeding; // what could not be read is no fault of the file's
        }
        catch (OperationCanceledException)
        {
            throw new NotCleanedException(NotCleaned.TooMuch);
        }
    }

    private static NotCleaned WhyOf(int exitCode) => exitCode switch
    {
        > 128 => NotCleaned.TooMuch,
        126 or 127 => NotCleaned.Unavailable,
        >= DecoderProgram.FirstRefusal and < DecoderProgram.FirstRefusal + 10 => (NotCleaned)(exitCode - DecoderProgram.FirstRefusal),
        _ => NotCleaned.Unreadable,
    };

    private async Task FeedAsync(Stream original)
    {
        await using var input = process.StandardInput.BaseStream;
        var piece = new byte[64 * 1024];
        while (await original.ReadAsync(piece, time.Token) is var read and > 0)
        {
            try
            {
                await input.WriteAsync(piece.AsMemory(0, read), time.Token);
            }
            catch (IOException)
            {
                return; // it wants no more; how it fared, its exit says
            }
        }
    }

    private async Task<string> NotesAsync()
    {
        var error = process.StandardError.BaseStream;
        var (kept, more) = (new byte[NotesLength], new byte[NotesLength]);
        var read = await error.ReadAtLeastAsync(kept, kept.Length, throwOnEndOfStream: false);
        while (await error.ReadAsync(more) > 0)
            continue;
        return System.Text.Encoding.Latin1.GetString(kept, 0, read);
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It had ended by itself.
        }
    }
}
