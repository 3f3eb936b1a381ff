using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Conflicts;

/// <summary>解除回避: the ties were looked into and there are none.</summary>
public sealed record LiftBlock(OpenedReport Opened, int Version, Guid? Officer, string Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.LiftBlock;
}

internal sealed class LiftBlockValidator : AbstractValidator<LiftBlock>
{
    public LiftBlockValidator()
    {
        RuleFor(c => c.Officer).NotNull().WithMessage("conflicts.error.person");
        RuleFor(c => c.Reason).Written();
    }
}

internal sealed class LiftBlockHandler(ReportsDbContext db, ConflictBlocks blocks, CurrentStaff current, TimeProvider time)
    : IRequestHandler<LiftBlock, Unit>
{
    public async Task<Unit> Handle(LiftBlock request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        await blocks.LiftAsync(report.MatterId, request.Officer!.Value, cancellationToken);
        var now = time.GetUtcNow();
        report.LiftBlock(current.Actor!, request.Opened.SealWritten(request.Reason, now), now);
        return Unit.Value;
    }
}
