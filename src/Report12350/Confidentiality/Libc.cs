using System.Runtime.InteropServices;

namespace Report12350.Confidentiality;

/// <summary>The two calls to the C library .NET has no word for (系统调用).</summary>
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
}
