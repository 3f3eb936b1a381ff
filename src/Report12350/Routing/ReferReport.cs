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

/// <summary>转办: to the department the table of duties names, or another with a reason; keys go with it.</summary>
public sealed record ReferReport(OpenedReport Opened, int Version, string Lead, IReadOnlyList<string> Assist, string? Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Refer;
}

internal sealed class ReferReportValidator : AbstractValidator<ReferReport>
{
    public ReferReportValidator(JurisdictionProfile profile)
    {
        RuleFor(c => c.Lead).Must(id => profile.FindDepartment(id) is not null).WithMessage("casework.error.department");
        RuleForEach(c => c.Assist).Must(id => profile.FindDepartment(id) is not null).WithMessage("casework.error.department");
        RuleFor(c => c.Reason).WrittenIfAtAll();
    }
}

internal sealed class ReferReportHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, GroupKeys groups, ConflictBlocks conflicts, TimeProvider time)
    : IRequestHandler<ReferReport, Unit>
{
    public async Task<Unit> Handle(ReferReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        var former = report.Concerned();
        var advice = ReferralAdvice.For(report, request.Opened.Content<ReportAnswers>(report).Narrative, profile);
        if (!advice.Takes(request.Lead, request.Assist) && string.IsNullOrWhiteSpace(request.Reason))
            throw new RuleBrokenException("rule.ReferralNeedsReason");
        await conflicts.RequireOfficerAsync(report.MatterId, request.Lead, cancellationToken);
        report.Refer(
            current.Actor!,
            advice.Chosen(request.Lead, request.Assist, profile.CountyGovernment),
            request.Opened.SealWrittenOrNone(request.Reason, now),
            now,
            profile.DeadlinesOn(report.FiledOn));
        await groups.FollowAsync(request.Opened, report, former, cancellationToken);
        return Unit.Value;
    }
}
