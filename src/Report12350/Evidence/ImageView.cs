using ImageMagick;
using ImageMagick.Drawing;
using Report12350.Messaging;
using Report12350.Redaction;

namespace Report12350.Evidence;

/// <summary>A picture drawn anew for the screen (图片预览): small, stripped, always JPEG, so that nothing hidden in the file reaches a browser.</summary>
public sealed class ImageView
{
    /// <summary>Longest side on a page beside others, and by itself.</summary>
    public const uint Thumbnail = 480;
    public const uint Screen = 1600;

    private readonly SemaphoreSlim places = new(2);

    static ImageView()
    {
        ResourceLimits.Memory = 256 * 1024 * 1024;
        ResourceLimits.Area = 100_000_000;
        ResourceLimits.Width = 16_000;
        ResourceLimits.Height = 16_000;
        ResourceLimits.Disk = 0;
    }

    public static bool CanDraw(string mediaType) => FormatOf(mediaType) is not null;

    /// <param name="file">Its stream is read to the end.</param>
    /// <param name="cancellationToken">Whoever asked has gone.</param>
    /// <param name="masked">Painted over.</param>
    /// <param name="longest">Of its sides.</param>
    /// <param name="watermark">Laid across it; then it keeps its size.</param>
    /// <exception cref="NotFoundException">Not a picture, or not one that can be drawn.</exception>
    public async Task<byte[]> DrawAsync(
        EvidenceContent file, CancellationToken cancellationToken, IReadOnlyList<MaskedRegion>? masked = null, uint longest = Screen, string? watermark = null)
    {
        var format = FormatOf(file.Description.MediaType) ?? throw new NotFoundException();
        using var whole = new MemoryStream();
        await file.Content.CopyToAsync(whole, cancellationToken);
        await places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Draw(whole.ToArray(), format, masked ?? [], longest, watermark), cancellationToken);
        }
        catch (MagickException)
        {
            throw new NotFoundException();
        }
        finally
        {
            places.Release();
        }
    }

    private static MagickFormat? FormatOf(string mediaType) => mediaType switch
    {
        "image/jpeg" => MagickFormat.Jpeg,
        "image/png" => MagickFormat.Png,
        "image/webp" => MagickFormat.WebP,
        _ => null,
    };

    private static byte[] Draw(byte[] content, MagickFormat format, IReadOnlyList<MaskedRegion> masked, uint longest, string? watermark)
    {
        using var image = new MagickImage(content, new MagickReadSettings { Format = format });
        image.AutoOrient();
        // Before it is made smaller: otherwise neighbours would take up some of what is masked.
        foreach (var region in masked)
            Paint(image, region);
        if (watermark is null)
            image.Thumbnail(new MagickGeometry(longest, longest) { Greater = true });
        image.BackgroundColor = MagickColors.White;
        image.Alpha(AlphaAction.Remove);
        if (watermark is not null)
            Watermark.Draw(image, watermark);
        image.Strip();
        image.Quality = 82;
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
