using System.Runtime.InteropServices;

namespace Report12350.Web;

/// <summary>
/// Asks the C library to hand memory back (内存占用). By itself it keeps a heap for each thread and, once it has freed a large block,
/// keeps blocks of that size too: each slow hash's 19 MiB would stay. .NET's own heap is bounded in the project file.
/// </summary>
internal static class SmallMemory
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    /// <summary>Call it before anything else: threads that run already have their heaps.</summary>
    public static void Use()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = mallopt(ArenaMax, 1);
            _ = mallopt(TrimThreshold, 128 * 1024);
            _ = mallopt(MmapThreshold, 128 * 1024);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc, and none of its ways to change.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mallopt(int parameter, int value);
}
