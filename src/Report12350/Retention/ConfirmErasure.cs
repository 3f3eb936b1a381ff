using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Retention;

/// <summary>同意删除: the second person, never the one who asked. It can't be taken back.</summary>
public sealed record ConfirmErasure(ReportId Report) : ICommand<Unit>, INeedRole, INeedStepUp, IConcernReport
{
    IReadOnlyList<Role> INeedRole.Roles => AskErasure.Deciders;
}

internal sealed class ConfirmErasureHandler(ReportsDbContext db, DueReports due, JurisdictionProfile profile, CurrentStaff current, TimeProvider time)
    : IRequestHandler<ConfirmErasure, Unit>
{
    public async Task<Unit> Handle(ConfirmErasure request, CancellationToken cancellationToken)
    {
        var asked = await db.ErasureRequests.FirstOrDefaultAsync(e => e.ReportId == request.Report, cancellationToken) ?? throw new StaleException();
        var me = current.Required().Id;
        if (asked.AskedBy == me)
            throw new RuleBrokenException("rule.ErasureNeedsAnother");
        var report = await db.LoadAsync(request.Report, cancellationToken);
        if (await db.ErasureRefusalAsync(report, due, cancellationToken) is { } refusal)
            throw new RuleBrokenException(refusal);
        db.ErasureRequests.Remove(asked);
        db.Tombstones.Add(report.Bury(asked.Reason, profile.DayOf(report.ClosedAt!.Value), time.GetUtcNow(), asked.AskedBy, me));
        return Unit.Value;
    }
}
