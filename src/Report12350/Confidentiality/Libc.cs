using System.Runtime.InteropServices;

namespace Report12350.Confidentiality;

/// <summary>The few calls to the C library .NET has no word for (系统调用).</summary>
internal static class Libc
{
    /// <summary>Gives a file a second name, atomically, and fails where that name is taken; File.Move looks first and then overwrites.</summary>
    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);

    /// <summary>On Linux this counts for the calling thread only; .NET leaves thread priorities alone there.</summary>
    [DllImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Nice(int increment);

    /// <summary>Puts the names of a folder's files on the disk, as flushing a file puts its content there.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows() || Open(folder, 0) is not (>= 0 and var handle))
            return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
