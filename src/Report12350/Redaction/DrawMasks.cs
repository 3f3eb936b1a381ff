using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Redaction;

/// <summary>预览: texts and pictures as others would see them, made before anything is saved, since drawing takes a while.</summary>
public sealed record DrawMasks(OpenedReport Opened) : IQuery<DrawnMasks>
{
    public override string ToString() => nameof(DrawMasks);

    internal static IReadOnlyList<MaskedPart> PartsOf(IReadOnlyList<MaskableText> texts, Masks masks) =>
        [.. texts.Where(t => masks.Of(t.Id).Shown).Select(t => new MaskedPart(t.Label, t.On, MaskedText.Shown(t.Text, masks.Of(t.Id))))];
}

/// <summary>Made here only, from the masks as they are kept.</summary>
public sealed class DrawnMasks
{
    internal DrawnMasks(int version, IReadOnlyList<MaskedPart> parts, IReadOnlyList<byte[]> pictures) => (Version, Parts, Pictures) = (version, parts, pictures);

    /// <summary>Of the report whose masks these are.</summary>
    public int Version { get; }

    public IReadOnlyList<MaskedPart> Parts { get; }

    public IReadOnlyList<byte[]> Pictures { get; }
}

internal sealed class DrawMasksHandler(ReportsDbContext db, MaskedPictures pictures, JurisdictionProfile profile) : IRequestHandler<DrawMasks, DrawnMasks>
{
    public async Task<DrawnMasks> Handle(DrawMasks request, CancellationToken cancellationToken)
    {
        var opened = request.Opened;
        var report = await db.Reports.AsNoTracking().Include(r => r.Timeline).Include(r => r.VerificationRecords).AsSplitQuery().SingleAsync(r => r.Id == opened.Id, cancellationToken);
        var sheet = await db.MaskSheets.AsNoTracking().FirstOrDefaultAsync(s => s.ReportId == opened.Id, cancellationToken);
        var masks = Masks.KeptOn(sheet, opened);
        var shown = masks.Pictures.Where(p => p.Shown).Select(p => p.Picture).ToList();
        List<byte[]> drawn = [];
        var files = await db.EvidenceFiles.AsNoTracking().Where(f => f.ReportId == opened.Id && shown.Contains(f.Id)).OrderBy(f => f.At).ToListAsync(cancellationToken);
        foreach (var file in files.Where(f => MaskedPictures.CanMask(opened.Evidence<EvidenceDescription>(f))))
            drawn.Add(await pictures.DrawAsync(opened, file, masks.Of(file.Id), cancellationToken));
        return new DrawnMasks(report.Version, DrawMasks.PartsOf(MaskableTexts.Of(report, opened, profile), masks), drawn);
    }
}
