using Report12350.Evidence.Cleaning;
using Report12350.Messaging;
using Report12350.Redaction;

namespace Report12350.Evidence;

/// <summary>A picture drawn anew for the screen (图片预览): small, stripped, always JPEG, so that nothing hidden in the file reaches a browser. It is drawn apart.</summary>
/// <param name="decoder">Of its own: who looks does not wait for those who send.</param>
public sealed class ImageView(Decoder decoder) : IDisposable
{
    /// <summary>Longest side on a page beside others, and by itself.</summary>
    public const uint Thumbnail = 480;
    public const uint Screen = 1600;

    public static bool CanDraw(string mediaType) => mediaType is "image/jpeg" or "image/png" or "image/webp";

    /// <param name="file">Its stream is read to the end.</param>
    /// <param name="cancellationToken">Whoever asked has gone.</param>
    /// <param name="masked">Painted over.</param>
    /// <param name="longest">Of its sides.</param>
    /// <param name="watermark">Laid across it; then it keeps its size.</param>
    /// <exception cref="NotFoundException">Not a picture, or not one that can be drawn.</exception>
    public async Task<byte[]> DrawAsync(
        EvidenceContent file, CancellationToken cancellationToken, IReadOnlyList<MaskedRegion>? masked = null, uint longest = Screen, string? watermark = null)
    {
        if (!CanDraw(file.Description.MediaType))
            throw new NotFoundException();
        try
        {
            await using var drawn = await decoder.DrawAsync(file.Description.MediaType, new Drawing(masked ?? [], longest, watermark), file.Content, cancellationToken);
            using var whole = new MemoryStream();
            await drawn.CopyToAsync(whole, cancellationToken);
            return whole.ToArray();
        }
        catch (NotCleanedException)
        {
            throw new NotFoundException();
        }
    }

    public void Dispose() => decoder.Dispose();
}
