using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Verification;

/// <summary>核查结论: the officer's finding and classification, with the facts in words the reporter may read.</summary>
public sealed record ConcludeVerification(OpenedReport Opened, int Version, Finding? Finding, MatterKind? FoundKind, string Facts) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Conclude;
}

internal sealed class ConcludeVerificationValidator : AbstractValidator<ConcludeVerification>
{
    public ConcludeVerificationValidator()
    {
        RuleFor(c => c.Finding).NotNull().WithMessage("casework.error.finding");
        RuleFor(c => c.FoundKind).NotNull().WithMessage("casework.error.kind");
        RuleFor(c => c.Facts).Written();
    }
}

internal sealed class ConcludeVerificationHandler(ReportsDbContext db, RewardDossiers dossiers, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ConcludeVerification, Unit>
{
    public async Task<Unit> Handle(ConcludeVerification request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Conclude(current.Actor!, request.Finding!.Value, request.FoundKind!.Value, request.Opened.SealWritten(request.Facts, now), now, profile.DeadlinesOn(report.FiledOn));
        await dossiers.WriteAsync(request.Opened, report, request.Facts, cancellationToken);
        return Unit.Value;
    }
}
