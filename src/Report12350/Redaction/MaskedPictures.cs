using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Scanning;

namespace Report12350.Redaction;

/// <summary>Draws pictures anew with parts painted over (图片遮盖).</summary>
public sealed class MaskedPictures(EvidenceFiles files, EvidenceScans scans, ImageView view)
{
    /// <summary>Whether it can be shown to others: a picture, and one that could be drawn anew when it came.</summary>
    internal static bool CanMask(EvidenceDescription file) => file is { Scan: not { IsInfected: true }, Uncleaned: null } && ImageView.CanDraw(file.ShownType);

    internal async Task<byte[]> DrawAsync(OpenedReport opened, EvidenceFile file, PictureMask mask, CancellationToken cancellationToken)
    {
        var said = await scans.RequireAsync(opened, file, cancellationToken);
        var shown = await files.OpenShownAsync(opened, file.Id, said, cancellationToken);
        await using var content = shown.Content;
        try
        {
            return await view.DrawAsync(shown, cancellationToken, mask.Regions);
        }
        catch (NotFoundException)
        {
            throw new RuleBrokenException("rule.PictureUndrawable", said.Name);
        }
    }
}
