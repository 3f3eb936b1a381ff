using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Routing;

/// <summary>退单异议: the department says it is not theirs; the safety-committee office designates.</summary>
public sealed record ContestReferral(OpenedReport Opened, int Version, string Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Contest;
}

internal sealed class ContestReferralValidator : AbstractValidator<ContestReferral>
{
    public ContestReferralValidator()
    {
        RuleFor(c => c.Reason).Written();
    }
}

internal sealed class ContestReferralHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ContestReferral, Unit>
{
    public async Task<Unit> Handle(ContestReferral request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Contest(current.Actor!, request.Opened.SealWritten(request.Reason, now), now, profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
