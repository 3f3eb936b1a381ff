using System.Globalization;

namespace Report12350.Web.Pages.Filing;

/// <summary>How large a file is (文件大小), as people read it.</summary>
public static class Sizes
{
    private const double Kilobyte = 1024;
    private const double Megabyte = 1024 * 1024;

    public static string Of(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte:0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0.#} MB"),
    };
}
