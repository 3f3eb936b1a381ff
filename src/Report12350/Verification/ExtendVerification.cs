using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Verification;

/// <summary>延期: once, with a reason the reporter is told.</summary>
public sealed record ExtendVerification(OpenedReport Opened, int Version, int Days, string Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Extend;
}

internal sealed class ExtendVerificationValidator : AbstractValidator<ExtendVerification>
{
    public ExtendVerificationValidator()
    {
        RuleFor(c => c.Days).GreaterThan(0).WithMessage("casework.error.days");
        RuleFor(c => c.Reason).Written();
    }
}

internal sealed class ExtendVerificationHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ExtendVerification, Unit>
{
    public async Task<Unit> Handle(ExtendVerification request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Extend(current.Actor!, request.Days, request.Opened.SealWritten(request.Reason, now), now, profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
