using Report12350.Confidentiality;
using Report12350.Domain;
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
        if (said.IsHeld)
            throw new RuleBrokenException("rule.FileHeld");
        var (id, shown) = said.Copy is { } copy ? (copy.Id, said.AsCopy(copy)) : (file.Id, said);
        await using var content = await files.OpenReadAsync(id, opened.FileKey(id), shown.Length, cancellationToken);
        return await view.DrawAsync(new EvidenceContent(shown, content), cancellationToken, mask.Regions);
    }
}
