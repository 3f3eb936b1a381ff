using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Verification;

/// <summary>中止计时: where the profile provides for it, with a reason.</summary>
public sealed record PauseClock(OpenedReport Opened, int Version, string Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.PauseClock;
}

internal sealed class PauseClockValidator : AbstractValidator<PauseClock>
{
    public PauseClockValidator()
    {
        RuleFor(c => c.Reason).Written();
    }
}

internal sealed class PauseClockHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<PauseClock, Unit>
{
    public async Task<Unit> Handle(PauseClock request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.PauseClock(current.Actor!, request.Opened.SealWritten(request.Reason, now), now, profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
