using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Redaction;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Redaction;

/// <summary>遮盖: keeps what one person chose. Anybody who may mask can change it, except what was masked for good.</summary>
public sealed record MaskReport(OpenedReport Opened, int Version, Masks Masks) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Mask;
}

internal sealed class MaskReportValidator : AbstractValidator<MaskReport>
{
    private const int Most = 2000;

    public MaskReportValidator()
    {
        RuleFor(c => c.Masks.Texts).Must(texts => texts.Sum(t => t.Ranges.Count) <= Most).WithMessage("masks.error.many").OverridePropertyName("Ranges");
        RuleFor(c => c.Masks.Pictures).Must(pictures => pictures.Sum(p => p.Regions.Count) <= Most && pictures.SelectMany(p => p.Regions).All(r => r.IsInside))
            .WithMessage("masks.error.many").OverridePropertyName("Regions");
    }
}

internal sealed class MaskReportHandler(ReportsDbContext db, MaskedCopies copies, CurrentStaff current, TimeProvider time) : IRequestHandler<MaskReport, Unit>
{
    public async Task<Unit> Handle(MaskReport request, CancellationToken cancellationToken)
    {
        var (opened, now) = (request.Opened, time.GetUtcNow());
        var report = await db.LoadAsync(request, cancellationToken);
        if (await db.MaskSheets.FirstOrDefaultAsync(s => s.ReportId == report.Id, cancellationToken) is not { } sheet)
            db.MaskSheets.Add(sheet = new MaskSheet(report.Id));
        var before = Masks.KeptOn(sheet, opened);
        report.Mask(current.Actor!, now);
        sheet.Mask(current.Required().Id, opened.SealMasks(request.Masks.KeepingWhatWasFixedIn(before)), now);
        await copies.WithdrawAsync(report.Id, cancellationToken);
        return Unit.Value;
    }
}
