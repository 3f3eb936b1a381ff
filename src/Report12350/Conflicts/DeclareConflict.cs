using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Conflicts;

/// <summary>自行回避: from here on the person sees the matter no more.</summary>
public sealed record DeclareConflict(OpenedReport Opened, int Version, string? Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.DeclareConflict;
}

internal sealed class DeclareConflictValidator : AbstractValidator<DeclareConflict>
{
    public DeclareConflictValidator() => RuleFor(c => c.Reason).WrittenIfAtAll();
}

internal sealed class DeclareConflictHandler(ReportsDbContext db, ConflictBlocks blocks, CurrentStaff current, TimeProvider time)
    : IRequestHandler<DeclareConflict, Unit>
{
    public async Task<Unit> Handle(DeclareConflict request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        await blocks.AddAsync(report, current.Required().Id, cancellationToken);
        var now = time.GetUtcNow();
        report.DeclareConflict(current.Actor!, request.Opened.SealWrittenOrNone(request.Reason, now), now);
        return Unit.Value;
    }
}
