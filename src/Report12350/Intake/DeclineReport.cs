using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Intake;

/// <summary>不予受理: for a reason of the closed list, explained; the reporter sees both.</summary>
public sealed record DeclineReport(OpenedReport Opened, int Version, DeclineReason? Reason, string Explanation) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Decline;
}

internal sealed class DeclineReportValidator : AbstractValidator<DeclineReport>
{
    public DeclineReportValidator()
    {
        RuleFor(c => c.Reason).NotNull().WithMessage("casework.error.reason");
        RuleFor(c => c.Explanation).Written();
    }
}

internal sealed class DeclineReportHandler(ReportsDbContext db, GroupKeys groups, CurrentStaff current, TimeProvider time)
    : IRequestHandler<DeclineReport, Unit>
{
    public async Task<Unit> Handle(DeclineReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Decline(current.Actor!, request.Reason!.Value, request.Opened.SealWritten(request.Explanation, now), now);
        await groups.DisentitleAsync(report.Id, [Groups.Supervisors], cancellationToken);
        return Unit.Value;
    }
}
