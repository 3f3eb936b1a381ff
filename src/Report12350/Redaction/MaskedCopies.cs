using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Redaction;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Staff;

namespace Report12350.Redaction;

/// <summary>One text as others see it.</summary>
/// <param name="Pieces">Null is a bar.</param>
public sealed record MaskedPart(string Label, DateOnly? On, IReadOnlyList<string?> Pieces)
{
    public override string ToString() => nameof(MaskedPart);
}

/// <summary>遮盖件: what others see of a report. What was masked is not in it.</summary>
/// <param name="Pictures">In their order.</param>
public sealed record MaskedCopy(IReadOnlyList<MaskedPart> Parts, IReadOnlyList<Guid> Pictures)
{
    public override string ToString() => nameof(MaskedCopy);
}

/// <summary>Makes the copy that others see, under a key of its own, and opens it for those it is meant for.</summary>
public sealed class MaskedCopies(ReportsDbContext db, GroupKeys groups, AuditTrail audit, CurrentStaff current, TimeProvider time)
{
    /// <summary>For good: sealed for those who decide on the reward, where one is wanted, and for whoever opens the report.</summary>
    internal async Task FixAsync(MaskSheet sheet, OpenedReport opened, Masks masks, DrawnMasks drawn, CancellationToken cancellationToken)
    {
        var (key, now) = (ContentKey.Generate(), time.GetUtcNow());
        List<Guid> pictures = [];
        foreach (var picture in drawn.Pictures)
        {
            var id = Guid.CreateVersion7(now);
            pictures.Add(id);
            db.MaskedPictures.Add(new MaskedPicture { Id = id, ReportId = opened.Id, SealedPicture = key.SealBytes(picture, Places.MaskedPicture(id)) });
        }

        var copy = key.SealJson(new MaskedCopy(drawn.Parts, pictures), Places.MaskedCopy(opened.Id));
        sheet.Fix(current.Required().Id, opened.SealMasks(masks.Fixed()), opened.SealMaskedKey(key), copy, now);
        if (await db.RewardClaims.AnyAsync(c => c.ReportId == opened.Id && c.State != RewardState.NotWanted, cancellationToken))
            await groups.EntitleAsync(opened.Id, key, KeyPurpose.Masked, [Groups.RewardOfficers, Groups.Committee], cancellationToken);
    }

    /// <summary>Nobody sees the copy any more.</summary>
    internal async Task WithdrawAsync(ReportId report, CancellationToken cancellationToken)
    {
        await db.ReportKeys.Where(k => k.ReportId == report && k.Purpose == KeyPurpose.Masked).ExecuteDeleteAsync(cancellationToken);
        await db.MaskedPictures.Where(p => p.ReportId == report).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>For those who decide on the reward, noted first. Null when there is none.</summary>
    internal async Task<MaskedCopy?> ReadForRewardAsync(ReportId report, CancellationToken cancellationToken)
    {
        if (await FixedAsync(report, cancellationToken) is not { } sheet || await groups.OpenAsync(report, KeyPurpose.Masked, cancellationToken) is not { } key)
            return null;
        await audit.NoteAsync("ReadMaskedCopy", report, cancellationToken, current.Is(Role.CommitteeMember) ? Role.CommitteeMember : Role.RewardOfficer);
        return key.OpenJson<MaskedCopy>(sheet.SealedCopy!, Places.MaskedCopy(report));
    }

    /// <summary>The same for one of its pictures. Null when there is none.</summary>
    internal async Task<byte[]?> ReadPictureForRewardAsync(ReportId report, int no, CancellationToken cancellationToken)
    {
        if (await FixedAsync(report, cancellationToken) is not { } sheet || await groups.OpenAsync(report, KeyPurpose.Masked, cancellationToken) is not { } key)
            return null;
        var copy = key.OpenJson<MaskedCopy>(sheet.SealedCopy!, Places.MaskedCopy(report));
        return no >= 1 && no <= copy.Pictures.Count ? (await PicturesAsync(key, copy.Pictures.Skip(no - 1).Take(1), cancellationToken))[0] : null;
    }

    /// <summary>With its pictures, for whoever opened the report. Null when there is none.</summary>
    internal async Task<(MaskedCopy Copy, IReadOnlyList<byte[]> Pictures)?> OpenAsync(OpenedReport opened, CancellationToken cancellationToken)
    {
        if (await FixedAsync(opened.Id, cancellationToken) is not { } sheet)
            return null;
        var key = opened.MaskedKey(sheet.SealedKey!);
        var copy = key.OpenJson<MaskedCopy>(sheet.SealedCopy!, Places.MaskedCopy(opened.Id));
        return (copy, await PicturesAsync(key, copy.Pictures, cancellationToken));
    }

    private Task<MaskSheet?> FixedAsync(ReportId report, CancellationToken cancellationToken) =>
        db.MaskSheets.AsNoTracking().FirstOrDefaultAsync(s => s.ReportId == report && s.FixedAt != null, cancellationToken);

    private async Task<IReadOnlyList<byte[]>> PicturesAsync(ContentKey key, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        List<byte[]> pictures = [];
        foreach (var id in ids)
        {
            var picture = await db.MaskedPictures.AsNoTracking().SingleAsync(p => p.Id == id, cancellationToken);
            pictures.Add(key.OpenBytes(picture.SealedPicture, Places.MaskedPicture(id)));
        }

        return pictures;
    }
}
