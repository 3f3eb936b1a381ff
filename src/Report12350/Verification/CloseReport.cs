using MediatR;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Verification;

/// <summary>办结: nothing to put right, and the reporter has had the feedback.</summary>
public sealed record CloseReport(ReportId Report, int Version) : ICommand<Unit>, IActOnReport
{
    public ReportAction Action => ReportAction.Close;
}

internal sealed class CloseReportHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IRequestHandler<CloseReport, Unit>
{
    public async Task<Unit> Handle(CloseReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        report.Close(current.Actor!, time.GetUtcNow());
        return Unit.Value;
    }
}
