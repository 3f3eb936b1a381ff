using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Redaction;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Redaction;

/// <summary>Opens a report to mask it; noted like every opening.</summary>
public sealed record ReadMasks(string Number) : IQuery<MaskView>, IConcernNumber;

/// <summary>A report as somebody who masks it sees it: everything, with the masks as they were last kept.</summary>
public sealed record MaskView
{
    public required OpenedReport Opened { get; init; }

    public required string Number { get; init; }

    public required int Version { get; init; }

    public required IReadOnlyList<MaskableText> Texts { get; init; }

    public required IReadOnlyList<MaskablePicture> Pictures { get; init; }

    /// <summary>Files that others can't be shown: no masks can be laid over a film or a document.</summary>
    public required int OtherFiles { get; init; }

    public required Masks Masks { get; init; }

    /// <summary>Names of those who masked since it was last fixed; empty: nobody yet.</summary>
    public required IReadOnlyList<string> MaskedBy { get; init; }

    /// <summary>Then somebody else fixes it.</summary>
    public required bool ByMe { get; init; }

    public required string? FixedBy { get; init; }

    public required DateTimeOffset? FixedAt { get; init; }

    public required IReadOnlyList<SharedWith> Shared { get; init; }

    public required bool MayShare { get; init; }

    /// <summary>What others will see, drawn from the masks as they are kept.</summary>
    public IReadOnlyList<MaskedPart> Parts => DrawMasks.PartsOf(Texts, Masks);

    public IEnumerable<MaskablePicture> ShownPictures => Pictures.Where(p => Masks.Of(p.Id).Shown);

    public override string ToString() => nameof(MaskView);
}

/// <param name="Name">As it was sent; others don't see it.</param>
public sealed record MaskablePicture(Guid Id, string Name)
{
    public override string ToString() => nameof(MaskablePicture);
}

public sealed record SharedWith(string Recipient, DateTimeOffset At, string By);

internal sealed class ReadMasksHandler(ReportsDbContext db, ReportOpener opener, AuditTrail audit, CurrentStaff current, JurisdictionProfile profile, TimeProvider time) : IRequestHandler<ReadMasks, MaskView>
{
    public async Task<MaskView> Handle(ReadMasks request, CancellationToken cancellationToken)
    {
        var report = await db.Reports.AsNoTracking().Include(r => r.Timeline).Include(r => r.VerificationRecords).AsSplitQuery()
            .FirstOrDefaultAsync(r => r.Number == request.Number, cancellationToken) ?? throw new NotFoundException();
        await RequireAsync(report, cancellationToken);
        var opened = await opener.ForStaffAsync(report, cancellationToken);
        var sheet = await db.MaskSheets.AsNoTracking().FirstOrDefaultAsync(s => s.ReportId == report.Id, cancellationToken);
        var files = await db.EvidenceFiles.AsNoTracking().Where(f => f.ReportId == report.Id).OrderBy(f => f.At).ToListAsync(cancellationToken);
        var described = files.ConvertAll(f => (f.Id, Said: opened.Evidence<EvidenceDescription>(f)));
        return new MaskView
        {
            Opened = opened,
            Number = report.Number,
            Version = report.Version,
            Texts = MaskableTexts.Of(report, opened, profile),
            Pictures = [.. described.Where(f => MaskedPictures.CanMask(f.Said)).Select(f => new MaskablePicture(f.Id, f.Said.Name))],
            OtherFiles = described.Count(f => !MaskedPictures.CanMask(f.Said)),
            Masks = Masks.KeptOn(sheet, opened),
            MaskedBy = sheet is null ? [] : await NamesAsync(sheet.MaskedBy, cancellationToken),
            ByMe = sheet?.MaskedBy.Contains(current.Required().Id) is true,
            FixedBy = sheet?.FixedBy is { } by ? (await NamesAsync([by], cancellationToken))[0] : null,
            FixedAt = sheet?.FixedAt,
            Shared = await SharedAsync(report.Id, cancellationToken),
            MayShare = May(report, ReportAction.ShareMasked),
        };
    }

    /// <summary>A refusal is noted as the opening it would have been.</summary>
    private async Task RequireAsync(Report report, CancellationToken cancellationToken)
    {
        if (May(report, ReportAction.Mask))
            return;
        await audit.RefuseAsync("OpenReport", report.Id, cancellationToken);
        throw new NotPermittedException();
    }

    private bool May(Report report, ReportAction action) =>
        Permissions.RoleFor(current.Required(), action, report, profile.DeadlinesOn(report.FiledOn).Rules, time.GetUtcNow()) is not null;

    private async Task<IReadOnlyList<string>> NamesAsync(IReadOnlyList<Guid> people, CancellationToken cancellationToken)
    {
        var names = await db.Staff.AsNoTracking().Where(m => people.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.DisplayName, cancellationToken);
        return [.. people.Select(id => names.GetValueOrDefault(id, ""))];
    }

    private async Task<IReadOnlyList<SharedWith>> SharedAsync(ReportId report, CancellationToken cancellationToken)
    {
        var shared = await db.SharingRecords.AsNoTracking().Where(s => s.ReportId == report)
            .Join(db.Staff, s => s.SharedBy, m => m.Id, (s, m) => new SharedWith(s.Recipient, s.SharedAt, m.DisplayName)).ToListAsync(cancellationToken);
        return [.. shared.OrderBy(s => s.At)];
    }
}
