using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>Has files read by programs of their own (解码), a few at a time: this one, called with <see cref="DecoderProgram.Word"/>, and ffmpeg.</summary>
public sealed class Decoder(IConfiguration configuration) : IDisposable
{
    internal static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);

    /// <summary>A recording is only copied, at the pace of seal and disk: a second more for so much of it.</summary>
    private const double CopiedASecond = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim places = new(Math.Clamp(Environment.ProcessorCount / 2, 2, 8));

    /// <summary>How long one may take, of the processor and by the clock.</summary>
    internal TimeSpan Longest { get; init; } = Usual;

    /// <summary>A picture or a document without what it gave away.</summary>
    internal async Task<CleanedContent> CleanAsync(string type, Stream original, CancellationToken cancellationToken)
    {
        // HEIC is read from a file in that process's memory; of everything else no byte may be written.
        var process = await StartAsync([.. Program, DecoderProgram.Word, "clean", type], original, cancellationToken, type == "image/heic" ? original.Length : 0);
        return new CleanedContent(DecoderProgram.TypeAfter(type), process, () => TracesIn(process.Notes));
    }

    /// <summary>A picture as it is to be seen, a JPEG; read to its end.</summary>
    /// <exception cref="NotCleanedException">Now or while it is read: it can't be drawn.</exception>
    internal async Task<Stream> DrawAsync(string type, Drawing drawing, Stream picture, CancellationToken cancellationToken) =>
        await StartAsync([.. Program, DecoderProgram.Word, "draw", type, .. drawing.Words], picture, cancellationToken);

    /// <summary>Pictures and sound of a recording, put into a new file as they are.</summary>
    /// <param name="format">What it is; ffmpeg does not get to guess.</param>
    internal async Task<CleanedContent> RemuxAsync(
        string type, string format, Stream original, IReadOnlyList<string> output, IReadOnlyList<Trace> removed, CancellationToken cancellationToken)
    {
        string[] input = ["-hide_banner", "-nostdin", "-loglevel", "quiet", "-threads", "1", "-protocol_whitelist", "pipe", "-f", format, "-i", "pipe:0"];
        string[] taken = ["-map", "0:V?", "-map", "0:a?", "-map_metadata", "-1", "-map_metadata:s:v", "-1", "-map_metadata:s:a", "-1", "-map_chapters", "-1", "-c", "copy", "-fflags", "+bitexact"];
        var process = await StartAsync([configuration["Evidence:Ffmpeg"] ?? "ffmpeg", .. input, .. taken, .. output, "pipe:1"], original, cancellationToken, copying: TimeSpan.FromSeconds(original.Length / CopiedASecond));
        return new CleanedContent(type, process, () => removed);
    }

    /// <summary>The program reads the file and what it makes of it is read from the stream.</summary>
    /// <exception cref="NotCleanedException">No place became free, or there is no such program.</exception>
    internal async Task<DecoderProcess> StartAsync(
        IReadOnlyList<string> command, Stream original, CancellationToken cancellationToken, long fileLimit = 0, TimeSpan copying = default)
    {
        if (!await places.WaitAsync(Patience, cancellationToken))
            throw new NotCleanedException(NotCleaned.Unavailable);
        try
        {
            return DecoderProcess.Start(command, original, Longest, copying, fileLimit, () => places.Release());
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    public void Dispose() => places.Dispose();

    internal static IReadOnlyList<Trace> TracesIn(string notes) =>
        [.. notes.Split(' ').Where(word => Enum.TryParse<Trace>(word, out _)).Select(Enum.Parse<Trace>).Distinct().Order()];

    /// <summary>This very program, by the runtime it runs on.</summary>
    internal static IReadOnlyList<string> Program { get; } = FindProgram();

    private static string[] FindProgram()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var program = Path.Combine(AppContext.BaseDirectory, "Report12350.Web.dll");
        return File.Exists(dotnet) && File.Exists(program) ? [dotnet, program] : [Environment.ProcessPath!];
    }
}
