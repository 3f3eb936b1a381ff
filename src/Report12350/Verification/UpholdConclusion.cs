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

/// <summary>复查维持: the conclusion stands, and the re-examining body gives its key back.</summary>
public sealed record UpholdConclusion(OpenedReport Opened, int Version, string Decision) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Uphold;
}

internal sealed class UpholdConclusionValidator : AbstractValidator<UpholdConclusion>
{
    public UpholdConclusionValidator()
    {
        RuleFor(c => c.Decision).Written();
    }
}

internal sealed class UpholdConclusionHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, GroupKeys groups, TimeProvider time)
    : IRequestHandler<UpholdConclusion, Unit>
{
    public async Task<Unit> Handle(UpholdConclusion request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Uphold(current.Actor!, request.Opened.SealWritten(request.Decision, now), now);
        await groups.DisentitleAsync(report.Id, [Groups.OfDepartment(profile.ReexaminationBody)], cancellationToken);
        return Unit.Value;
    }
}
