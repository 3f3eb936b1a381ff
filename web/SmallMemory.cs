using System.Runtime.InteropServices;

namespace Report12350.Web;

/// <summary>
/// Has the C library hand memory back (内存占用). By itself it keeps a heap for each thread, keeps blocks as large as those once
/// freed (each slow hash's 19 MiB would stay), and keeps what the compiler and handshakes used in the middle of its heaps.
/// .NET's own heap is bounded in the project file.
/// </summary>
internal sealed class SmallMemory : BackgroundService
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Call it before anything else: threads that run already have their heaps.</summary>
    public static void Use()
    {
        if (!IsGlibc)
            return;
        _ = mallopt(ArenaMax, 1);
        _ = mallopt(TrimThreshold, 128 * 1024);
        _ = mallopt(MmapThreshold, 128 * 1024);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, TimeProvider.System); // a matter of the machine's, whatever day the site believes it is
        while (IsGlibc && await timer.WaitForNextTickAsync(stoppingToken))
            _ = malloc_trim(0);
    }

    /// <summary>No other C library has these.</summary>
    private static bool IsGlibc { get; } = OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", typeof(SmallMemory).Assembly, DllImportSearchPath.SafeDirectories, out var library)
        && NativeLibrary.TryGetExport(library, nameof(malloc_trim), out _)
        && NativeLibrary.TryGetExport(library, nameof(mallopt), out _);

    [DllImport("libc.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mallopt(int parameter, int value);

    [DllImport("libc.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int malloc_trim(nint pad);
}
