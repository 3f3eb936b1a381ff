using MediatR;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Intake;

/// <summary>受理: the reporter is told, and sixty days begin.</summary>
public sealed record AcceptReport(ReportId Report, int Version) : ICommand<Unit>, IActOnReport
{
    public ReportAction Action => ReportAction.Accept;
}

internal sealed class AcceptReportHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<AcceptReport, Unit>
{
    public async Task<Unit> Handle(AcceptReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        report.Accept(current.Actor!, time.GetUtcNow(), profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
