using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Redaction;

/// <summary>确认遮盖: a second person looked at it. From here on others can be shown it, and nothing in it can be uncovered.</summary>
public sealed record FixMasks(OpenedReport Opened, int Version, DrawnMasks Drawn) : ContentAct(Opened, Version), INeedStepUp
{
    public override ReportAction Action => ReportAction.FixMasks;
}

internal sealed class FixMasksHandler(ReportsDbContext db, MaskedCopies copies, CurrentStaff current, TimeProvider time) : IRequestHandler<FixMasks, Unit>
{
    public async Task<Unit> Handle(FixMasks request, CancellationToken cancellationToken)
    {
        var (opened, drawn) = (request.Opened, request.Drawn);
        var report = await db.LoadAsync(request, cancellationToken);
        if (drawn.Version != request.Version)
            throw new StaleException();
        var sheet = await db.MaskSheets.FirstOrDefaultAsync(s => s.ReportId == report.Id, cancellationToken);
        if (sheet is null || drawn.Parts.Count + drawn.Pictures.Count == 0)
            throw new RuleBrokenException("rule.MasksEmpty");
        report.FixMasks(current.Actor!, time.GetUtcNow());
        await copies.FixAsync(sheet, opened, Masks.KeptOn(sheet, opened), drawn, cancellationToken);
        return Unit.Value;
    }
}
