using MediatR;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Verification;

/// <summary>恢复计时: the days lost are given back.</summary>
public sealed record ResumeClock(ReportId Report, int Version) : ICommand<Unit>, IActOnReport
{
    public ReportAction Action => ReportAction.ResumeClock;
}

internal sealed class ResumeClockHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ResumeClock, Unit>
{
    public async Task<Unit> Handle(ResumeClock request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        report.ResumeClock(current.Actor!, time.GetUtcNow(), profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
