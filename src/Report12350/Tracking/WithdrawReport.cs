using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Tracking;

/// <summary>撤回: no further replies to the reporter; verification goes on.</summary>
public sealed record WithdrawReport(OpenedReport Opened) : ICommand<Unit>, IActOfReporter;

internal sealed class WithdrawReportHandler(ReportsDbContext db, JurisdictionProfile profile, TimeProvider time) : IRequestHandler<WithdrawReport, Unit>
{
    public async Task<Unit> Handle(WithdrawReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request.Opened.Id, cancellationToken);
        report.Withdraw(profile.DeadlinesOn(report.FiledOn).DayOf(time.GetUtcNow()));
        return Unit.Value;
    }
}
