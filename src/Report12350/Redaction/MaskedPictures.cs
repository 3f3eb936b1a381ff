using Report12350.Confidentiality;
using Report12350.Domain.Evidence;
using Report12350.Evidence;
using Report12350.Scanning;

namespace Report12350.Redaction;

/// <summary>Draws pictures anew with parts painted over (图片遮盖).</summary>
public sealed class MaskedPictures(EvidenceFiles files, EvidenceScans scans, ImageView view)
{
    internal async Task<byte[]> DrawAsync(OpenedReport opened, EvidenceFile file, PictureMask mask, CancellationToken cancellationToken)
    {
        var said = await scans.RequireAsync(opened, file, cancellationToken);
        var shown = await files.OpenShownAsync(opened, file.Id, said, cancellationToken);
        await using var content = shown.Content;
        return await view.DrawAsync(shown, cancellationToken, mask.Regions);
    }
}
