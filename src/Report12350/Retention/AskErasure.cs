using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Retention;

/// <summary>申请删除: the first of the two people who erase a report by hand, with a reason of the closed list.</summary>
public sealed record AskErasure(ReportId Report, ErasureReason? Reason) : ICommand<Unit>, INeedRole, INeedStepUp, IConcernReport
{
    public static readonly IReadOnlyList<ErasureReason> Reasons = [ErasureReason.ReporterAsked, ErasureReason.LawRequires, ErasureReason.EnteredByMistake];

    internal static readonly IReadOnlyList<Role> Deciders = [Role.Dispatcher, Role.Supervisor];

    IReadOnlyList<Role> INeedRole.Roles => [Role.Dispatcher];
}

internal sealed class AskErasureValidator : AbstractValidator<AskErasure>
{
    public AskErasureValidator() => RuleFor(c => c.Reason).Must(reason => reason is { } one && AskErasure.Reasons.Contains(one)).WithMessage("casework.error.reason");
}

internal sealed class AskErasureHandler(ReportsDbContext db, DueReports due, CurrentStaff current, TimeProvider time) : IRequestHandler<AskErasure, Unit>
{
    public async Task<Unit> Handle(AskErasure request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request.Report, cancellationToken);
        if (await db.ErasureRequests.AnyAsync(e => e.ReportId == report.Id, cancellationToken))
            throw new RuleBrokenException("rule.ErasureAskedAlready");
        if (await db.ErasureRefusalAsync(report, due, cancellationToken) is { } refusal)
            throw new RuleBrokenException(refusal);
        db.ErasureRequests.Add(new ErasureRequest { ReportId = report.Id, Reason = request.Reason!.Value, AskedBy = current.Required().Id, AskedAt = time.GetUtcNow() });
        return Unit.Value;
    }
}

internal static class ErasureRules
{
    /// <summary>Key of the text that says why a report can't be erased by hand now; null when it can.</summary>
    public static async Task<string?> ErasureRefusalAsync(this ReportsDbContext db, Report report, DueReports due, CancellationToken cancellationToken) =>
        report.ErasureDecidedAt is not null ? "rule.BeingErased"
        : report.ClosedAt is null ? "rule.EraseOpenReport"
        : await due.IsRewardUnderWayAsync(report.Id, cancellationToken) ? "rule.EraseRewardUnderWay"
        : await db.Reports.AnyAsync(r => r.MergedInto == report.Id, cancellationToken) ? "rule.EraseMergedFirst"
        : null;
}
