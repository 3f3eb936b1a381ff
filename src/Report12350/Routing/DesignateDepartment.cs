using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Routing;

/// <summary>指定: after a department contested, the safety-committee office has the last word; keys go with it.</summary>
public sealed record DesignateDepartment(OpenedReport Opened, int Version, string Lead, IReadOnlyList<string> Assist, string? Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Designate;
}

internal sealed class DesignateDepartmentValidator : AbstractValidator<DesignateDepartment>
{
    public DesignateDepartmentValidator(JurisdictionProfile profile)
    {
        RuleFor(c => c.Lead).Must(id => profile.FindDepartment(id) is not null).WithMessage("casework.error.department");
        RuleForEach(c => c.Assist).Must(id => profile.FindDepartment(id) is not null).WithMessage("casework.error.department");
        RuleFor(c => c.Reason).WrittenIfAtAll();
    }
}

internal sealed class DesignateDepartmentHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, GroupKeys groups, ConflictBlocks conflicts, TimeProvider time)
    : IRequestHandler<DesignateDepartment, Unit>
{
    public async Task<Unit> Handle(DesignateDepartment request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        var former = report.Concerned();
        var advice = ReferralAdvice.For(report, request.Opened.Content<ReportAnswers>(report).Narrative, profile);
        if (string.IsNullOrWhiteSpace(request.Reason))
            throw new RuleBrokenException("rule.DesignationNeedsReason");
        await conflicts.RequireOfficerAsync(report.MatterId, request.Lead, cancellationToken);
        report.Designate(
            current.Actor!,
            advice.Chosen(request.Lead, request.Assist, profile.CountyGovernment),
            request.Opened.SealWrittenOrNone(request.Reason, now),
            now,
            profile.DeadlinesOn(report.FiledOn));
        await groups.FollowAsync(request.Opened, report, former, cancellationToken);
        return Unit.Value;
    }
}
