using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Rectification;

/// <summary>整改事项延期: by the department's lead, with a reason.</summary>
public sealed record ExtendRectificationItem(OpenedReport Opened, int Version, Guid? Item, DateOnly? DueOn, string Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.ExtendRectificationItem;
}

internal sealed class ExtendRectificationItemValidator : AbstractValidator<ExtendRectificationItem>
{
    public ExtendRectificationItemValidator()
    {
        RuleFor(c => c.Item).NotNull().WithMessage("casework.error.item");
        RuleFor(c => c.DueOn).NotNull().WithMessage("casework.error.dueOn");
        RuleFor(c => c.Reason).Written();
    }
}

internal sealed class ExtendRectificationItemHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ExtendRectificationItem, Unit>
{
    public async Task<Unit> Handle(ExtendRectificationItem request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.ExtendRectificationItem(current.Actor!, request.Item!.Value, request.DueOn!.Value, request.Opened.SealWritten(request.Reason, now), now, profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
