using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Report12350.Evidence.Cleaning;

/// <summary>A file that lies in this process's memory and nowhere else (内存文件): what reads HEIC wants a file, and would write one to the disk.</summary>
internal sealed class MemoryFile : IDisposable
{
    private readonly FileStream stream;

    public MemoryFile(byte[] bytes)
    {
        var descriptor = memfd_create("picture", 0);
        if (descriptor < 0)
            throw new NotCleanedException(Domain.Evidence.NotCleaned.Unavailable);
        stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, 1);
        stream.Write(bytes);
        stream.Flush();
        Path = FormattableString.Invariant($"/proc/self/fd/{descriptor}");
    }

    public string Path { get; }

    public void Dispose() => stream.Dispose();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int memfd_create([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);
}
