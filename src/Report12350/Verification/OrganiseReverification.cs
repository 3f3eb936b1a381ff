using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Routing;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Verification;

/// <summary>提请县政府组织重新核查: what could not be cleared up goes to the county government, and the keys with it.</summary>
public sealed record OrganiseReverification(OpenedReport Opened, int Version, string? Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.OrganiseReverification;
}

internal sealed class OrganiseReverificationValidator : AbstractValidator<OrganiseReverification>
{
    public OrganiseReverificationValidator() => RuleFor(c => c.Reason).WrittenIfAtAll();
}

internal sealed class OrganiseReverificationHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, GroupKeys groups, TimeProvider time)
    : IRequestHandler<OrganiseReverification, Unit>
{
    public async Task<Unit> Handle(OrganiseReverification request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        var former = report.Concerned();
        report.OrganiseReverification(
            current.Actor!, profile.CountyGovernment, request.Opened.SealWrittenOrNone(request.Reason, now), now, profile.DeadlinesOn(report.FiledOn));
        await groups.FollowAsync(request.Opened, report, former, cancellationToken);
        return Unit.Value;
    }
}
