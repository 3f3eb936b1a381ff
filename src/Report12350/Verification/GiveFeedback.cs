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

/// <summary>反馈: always four parts; the reporter's days for an objection begin.</summary>
public sealed record GiveFeedback(OpenedReport Opened, int Version, string Conclusion, string Facts, string Decision, string RewardEligibility)
    : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.GiveFeedback;
}

internal sealed class GiveFeedbackValidator : AbstractValidator<GiveFeedback>
{
    public GiveFeedbackValidator()
    {
        RuleFor(c => c.Conclusion).Written();
        RuleFor(c => c.Facts).Written();
        RuleFor(c => c.Decision).Written();
        RuleFor(c => c.RewardEligibility).Written();
    }
}

internal sealed class GiveFeedbackHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<GiveFeedback, Unit>
{
    public async Task<Unit> Handle(GiveFeedback request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        var parts = new FeedbackParts(
            StaffText.Clean(request.Conclusion), StaffText.Clean(request.Facts), StaffText.Clean(request.Decision), StaffText.Clean(request.RewardEligibility));
        report.GiveFeedback(current.Actor!, request.Opened.SealParts(parts, now), now, profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
