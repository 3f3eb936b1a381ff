using System.Diagnostics;
using System.Text.Json;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>The programs that make files with traces and look for traces: ffmpeg and exiftool.</summary>
internal static class Tools
{
    public static Task FfmpegAsync(params string[] words) => RunAsync("ffmpeg", ["-hide_banner", "-loglevel", "error", "-y", .. words]);

    /// <summary>Writes tags into files, in place.</summary>
    public static Task TagAsync(IEnumerable<string> tags, params string[] files) => RunAsync("exiftool", ["-q", "-m", "-overwrite_original", .. tags, .. files]);

    /// <summary>Everything exiftool reads in each file of a folder, by the file's name.</summary>
    public static async Task<Dictionary<string, List<(string Tag, string Value)>>> TagsAsync(string folder)
    {
        var json = await RunAsync("exiftool", ["-j", "-G1", "-a", "-u", "-U", "-ee", "-api", "largefilesupport=1", "-ext", "*", folder], most: 1);
        return JsonDocument.Parse(json).RootElement.EnumerateArray().ToDictionary(
            file => Path.GetFileName(file.GetProperty("SourceFile").GetString()!),
            file => file.EnumerateObject().Select(tag => (tag.Name, tag.Value.ToString())).ToList());
    }

    public static async Task<string> RunAsync(string program, IReadOnlyList<string> words, int most = 0)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode <= most ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', words)}: {error}");
    }
}
