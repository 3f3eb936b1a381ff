using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Verification;

/// <summary>复查撤销: verified again, by another officer; the re-examining body gives its key back, and the reward is assessed again.</summary>
public sealed record OverturnConclusion(OpenedReport Opened, int Version, string Decision) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Overturn;
}

internal sealed class OverturnConclusionValidator : AbstractValidator<OverturnConclusion>
{
    public OverturnConclusionValidator()
    {
        RuleFor(c => c.Decision).Written();
    }
}

internal sealed class OverturnConclusionHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, GroupKeys groups, OverturnedRewards rewards, TimeProvider time)
    : IRequestHandler<OverturnConclusion, Unit>
{
    public async Task<Unit> Handle(OverturnConclusion request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Overturn(current.Actor!, request.Opened.SealWritten(request.Decision, now), now, profile.DeadlinesOn(report.FiledOn));
        await groups.DisentitleAsync(report.Id, [Groups.OfDepartment(profile.ReexaminationBody)], cancellationToken);
        await rewards.StartOverAsync(report, cancellationToken);
        return Unit.Value;
    }
}
