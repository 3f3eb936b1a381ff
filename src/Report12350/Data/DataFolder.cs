using Microsoft.Extensions.Configuration;

namespace Report12350.Data;

/// <summary>The one folder that holds all state: database, sealed files, key ring.</summary>
public static class DataFolder
{
    public static string Of(IConfiguration configuration)
    {
        var folder = Path.GetFullPath(configuration["Data:Folder"] ?? "data");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
