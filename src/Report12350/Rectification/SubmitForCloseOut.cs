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

/// <summary>申请验收: every item is done, come and look.</summary>
public sealed record SubmitForCloseOut(OpenedReport Opened, int Version, string Text) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.SubmitForCloseOut;
}

internal sealed class SubmitForCloseOutValidator : AbstractValidator<SubmitForCloseOut>
{
    public SubmitForCloseOutValidator()
    {
        RuleFor(c => c.Text).Written();
    }
}

internal sealed class SubmitForCloseOutHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<SubmitForCloseOut, Unit>
{
    public async Task<Unit> Handle(SubmitForCloseOut request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.SubmitForCloseOut(current.Actor!, request.Opened.SealWritten(request.Text, now), now, profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
