using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Redaction;

/// <summary>预览 of one picture, as others would see it.</summary>
public sealed record DrawMaskedPicture(OpenedReport Opened, Guid Picture) : IQuery<byte[]>
{
    public override string ToString() => nameof(DrawMaskedPicture);
}

internal sealed class DrawMaskedPictureHandler(ReportsDbContext db, MaskedPictures pictures) : IRequestHandler<DrawMaskedPicture, byte[]>
{
    public async Task<byte[]> Handle(DrawMaskedPicture request, CancellationToken cancellationToken)
    {
        var opened = request.Opened;
        var file = await db.EvidenceFiles.AsNoTracking().FirstOrDefaultAsync(f => f.Id == request.Picture && f.ReportId == opened.Id, cancellationToken) ?? throw new NotFoundException();
        var sheet = await db.MaskSheets.AsNoTracking().FirstOrDefaultAsync(s => s.ReportId == opened.Id, cancellationToken);
        return await pictures.DrawAsync(opened, file, Masks.KeptOn(sheet, opened).Of(file.Id), cancellationToken);
    }
}
