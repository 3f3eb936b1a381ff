using System.Globalization;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>Looks, again and again, how much memory a decoder took at most that this program started; told by its limit from what else it starts, and from its own image before a start.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const string Limit = "251658240"; // 240 MiB, of DecoderProcess

    private readonly Timer timer;
    private long most;

    public MemoryWatch() => timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

    public long Most => Interlocked.Read(ref most);

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var status = File.ReadAllLines(Path.Combine(process, "status"));
                if (Number(status, "PPid:") == Environment.ProcessId && File.ReadAllText(Path.Combine(process, "limits")).Contains(Limit, StringComparison.Ordinal))
                    most = Math.Max(most, Number(status, "VmHWM:") * 1024);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }
    }

    private static long Number(string[] status, string name) =>
        status.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line ? long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) : 0;
}
