using ImageMagick;

namespace Report12350.Evidence;

/// <summary>Words laid across a picture, again and again, so that cutting the edge off does not lose them (水印).</summary>
internal static class Watermark
{
    private static readonly string[] Fonts =
    [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    ];

    /// <summary>Null: no font with Chinese characters is installed.</summary>
    public static string? Font { get; } = Array.Find(Fonts, File.Exists);

    public static void Draw(MagickImage image, string words)
    {
        var size = Math.Clamp(Math.Min(image.Width, image.Height) / 24.0, 10, 72);
        image.Settings.Font = Font;
        image.Settings.FontPointsize = size;
        image.Settings.FillColor = new MagickColor(255, 255, 255, 120);
        image.Settings.StrokeColor = new MagickColor(0, 0, 0, 110);
        image.Settings.StrokeWidth = size / 24;
        var length = image.FontTypeMetrics(words)!.TextWidth;
        for (var (y, row) = (size, 0); y < image.Height + size; (y, row) = (y + (size * 6), row + 1))
        {
            for (var x = row % 2 == 0 ? 0.0 : -length / 2; x < image.Width; x += length + (size * 3))
                image.Annotate(words, new MagickGeometry((int)x, (int)y, 0, 0), Gravity.Northwest, -12);
        }
    }
}
