using ImageMagick;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>A picture drawn anew (图片清理): turned upright, in the colours every screen knows, and with nothing beside its points.</summary>
internal static class ImageCleaner
{
    private const long MostPoints = 120_000_000;
    private const uint LargestPhoto = 24_000_000;
    private const uint Quality = 90;

    public static CleanedBytes Clean(byte[] file, MagickFormat from, MagickFormat to)
    {
        using var image = Read(file, from);
        var removed = TracesIn(image);
        image.AutoOrient();
        if (image.GetColorProfile() is not null)
            image.TransformColorSpace(ColorProfiles.SRGB);
        if (image.ColorSpace is ColorSpace.CMYK)
            image.ColorSpace = ColorSpace.sRGB;
        if (to is MagickFormat.Jpeg)
        {
            image.BackgroundColor = MagickColors.White;
            image.Alpha(AlphaAction.Remove);
        }

        image.Strip();
        image.Quality = Quality;
        // Strip leaves the dates that the PNG writer adds by itself.
        image.Settings.SetDefine(MagickFormat.Png, "exclude-chunks", "all");
        image.Settings.SetDefine(MagickFormat.Png, "include-chunks", "tRNS");
        return new CleanedBytes(image.ToByteArray(to), removed);
    }

    /// <summary>The picture as it is stored, not yet turned.</summary>
    internal static MagickImage Read(byte[] file, MagickFormat format)
    {
        using var held = format is MagickFormat.Heic ? new MemoryFile(file) : null;
        var settings = Settings(file, held?.Path, format);
        return held is null ? new MagickImage(file, settings) : new MagickImage(held.Path, settings);
    }

    /// <summary>The first picture only. A photo with more points than we hold is read at a smaller scale.</summary>
    private static MagickReadSettings Settings(byte[] file, string? path, MagickFormat format)
    {
        var asked = new MagickReadSettings { Format = format };
        var said = path is null ? new MagickImageInfo(file, asked) : new MagickImageInfo(path, asked);
        var points = (long)said.Width * said.Height;
        if (points > MostPoints)
            throw new NotCleanedException(NotCleaned.TooMuch);
        var settings = new MagickReadSettings { Format = format, FrameIndex = 0, FrameCount = 1 };
        if (format is MagickFormat.Jpeg && points > LargestPhoto)
        {
            var scale = Math.Sqrt((double)LargestPhoto / points);
            settings.SetDefine(MagickFormat.Jpeg, "size", FormattableString.Invariant($"{(int)(said.Width * scale)}x{(int)(said.Height * scale)}"));
        }

        return settings;
    }

    private static SortedSet<Trace> TracesIn(MagickImage image)
    {
        SortedSet<Trace> traces = [];
        foreach (var value in image.GetExifProfile()?.Values ?? [])
        {
            var tag = value.Tag.ToString() ?? "";
            if (tag.StartsWith("GPS", StringComparison.Ordinal))
                traces.Add(Trace.Place);
            else if (tag.StartsWith("DateTime", StringComparison.Ordinal))
                traces.Add(Trace.Time);
            else if (tag is "Make" or "Model" or "Software" or "LensModel" or "LensMake" or "MakerNote" or "BodySerialNumber" or "SerialNumber")
                traces.Add(Trace.Device);
            else if (tag is "Artist" or "Copyright" or "OwnerName" or "XPAuthor")
                traces.Add(Trace.Person);
        }

        if (image.GetExifProfile() is { ThumbnailLength: > 0 })
            traces.Add(Trace.Preview);
        if (image.ProfileNames.Any(name => name is not ("exif" or "icc")) || image.AttributeNames.Any(IsText))
            traces.Add(Trace.Attached);
        return traces;
    }

    private static bool IsText(string attribute) => attribute.ToUpperInvariant() is "COMMENT" or "AUTHOR" or "DESCRIPTION" or "SOFTWARE" or "TITLE" or "CREATION TIME" or "COPYRIGHT" or "SOURCE";
}
