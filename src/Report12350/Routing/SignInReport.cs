using MediatR;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Routing;

/// <summary>签收: the department takes it on, and this officer verifies it.</summary>
public sealed record SignInReport(ReportId Report, int Version) : ICommand<Unit>, IActOnReport
{
    public ReportAction Action => ReportAction.SignIn;
}

internal sealed class SignInReportHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IRequestHandler<SignInReport, Unit>
{
    public async Task<Unit> Handle(SignInReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        report.SignIn(current.Actor!, time.GetUtcNow());
        return Unit.Value;
    }
}
