using System.Globalization;
using ImageMagick;
using ImageMagick.Drawing;
using Report12350.Redaction;

namespace Report12350.Evidence.Cleaning;

/// <summary>How a picture is to be shown (预览方式): what is painted over, how large, and what is laid across it.</summary>
internal sealed record Drawing(IReadOnlyList<MaskedRegion> Masked, uint Longest, string? Watermark)
{
    /// <summary>As the decoder is told.</summary>
    public IReadOnlyList<string> Words =>
    [
        Longest.ToString(CultureInfo.InvariantCulture), Watermark ?? "",
        .. Masked.Select(region => string.Create(CultureInfo.InvariantCulture, $"{region.X},{region.Y},{region.Width},{region.Height}")),
    ];

    public static Drawing Of(string longest, string watermark, IEnumerable<string> masked) =>
        new([.. masked.Select(RegionOf)], uint.Parse(longest, CultureInfo.InvariantCulture), watermark is "" ? null : watermark);

    private static MaskedRegion RegionOf(string words)
    {
        var numbers = words.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new MaskedRegion(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}

/// <summary>Draws a picture for the screen (图片绘制).</summary>
internal static class ImageDrawer
{
    private const uint Quality = 82;

    public static byte[] Draw(byte[] file, MagickFormat format, Drawing drawing)
    {
        using var image = ImageCleaner.Read(file, format);
        image.AutoOrient();
        // Before it is made smaller: otherwise neighbours would take up some of what is masked.
        foreach (var region in drawing.Masked)
            Paint(image, region);
        if (drawing.Watermark is null)
            image.Thumbnail(new MagickGeometry(drawing.Longest, drawing.Longest) { Greater = true });
        image.BackgroundColor = MagickColors.White;
        image.Alpha(AlphaAction.Remove);
        if (drawing.Watermark is { } words)
            Watermark.Draw(image, words);
        image.Strip();
        image.Quality = Quality;
        return image.ToByteArray(MagickFormat.Jpeg);
    }

    private static void Paint(MagickImage image, MaskedRegion region)
    {
        double width = image.Width, height = image.Height;
        image.Draw(
            new DrawableFillColor(MagickColors.Black),
            new DrawableRectangle(
                Math.Floor(width * region.X / MaskedRegion.Whole),
                Math.Floor(height * region.Y / MaskedRegion.Whole),
                Math.Ceiling(width * (region.X + region.Width) / MaskedRegion.Whole),
                Math.Ceiling(height * (region.Y + region.Height) / MaskedRegion.Whole)));
    }
}
