using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Verification;

/// <summary>督办措施: 函告, 通报, 约谈, 曝光; only upwards.</summary>
public sealed record TakeSupervisionStep(OpenedReport Opened, int Version, SupervisionStep? Step, string? Text) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.TakeSupervisionStep;
}

internal sealed class TakeSupervisionStepValidator : AbstractValidator<TakeSupervisionStep>
{
    public TakeSupervisionStepValidator()
    {
        RuleFor(c => c.Step).NotNull().WithMessage("casework.error.step");
        RuleFor(c => c.Text).WrittenIfAtAll();
    }
}

internal sealed class TakeSupervisionStepHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IRequestHandler<TakeSupervisionStep, Unit>
{
    public async Task<Unit> Handle(TakeSupervisionStep request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.TakeSupervisionStep(current.Actor!, request.Step!.Value, request.Opened.SealWrittenOrNone(request.Text, now), now);
        return Unit.Value;
    }
}
