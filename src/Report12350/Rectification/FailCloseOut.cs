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

/// <summary>验收不通过: what was seen, and the measure that is still to be taken.</summary>
public sealed record FailCloseOut(OpenedReport Opened, int Version, string Review, OrderedMeasure Further) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.FailCloseOut;
}

internal sealed class FailCloseOutValidator : AbstractValidator<FailCloseOut>
{
    public FailCloseOutValidator()
    {
        RuleFor(c => c.Review).Written();
        RuleFor(c => c.Further).SetValidator(new OrderedMeasureRules());
    }
}

internal sealed class FailCloseOutHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<FailCloseOut, Unit>
{
    public async Task<Unit> Handle(FailCloseOut request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.FailCloseOut(
            current.Actor!,
            request.Opened.SealWritten(request.Review, now),
            request.Further.SealedFor(request.Opened, now),
            now,
            profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
