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

/// <summary>核查笔录: the written record of one visit; several may be made before a conclusion.</summary>
public sealed record RecordVerification(OpenedReport Opened, int Version, VerificationRecordContent Record) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.RecordVerification;
}

internal sealed class RecordVerificationValidator : AbstractValidator<RecordVerification>
{
    public RecordVerificationValidator(JurisdictionProfile profile, TimeProvider time)
    {
        RuleFor(c => c.Record.Officers).Line();
        RuleFor(c => c.Record.VisitedOn).NotNull().WithMessage("casework.error.visitedOn")
            .LessThanOrEqualTo(_ => profile.DayOf(time.GetUtcNow())).WithMessage("casework.error.visitedLater");
        RuleFor(c => c.Record.Place).Line();
        RuleFor(c => c.Record.UnitPresent).LineIfAtAll();
        RuleFor(c => c.Record.Findings).Written();
        RuleFor(c => c.Record.LawBasis).WrittenIfAtAll();
        RuleFor(c => c.Record.MeasuresAtOnce).WrittenIfAtAll();
        RuleFor(c => c.Record.Attachments).WrittenIfAtAll();
        RuleForEach(c => c.Record.Criteria).Must(id => profile.Criteria.Find(id) is not null).WithMessage("casework.error.criterion");
    }
}

internal sealed class RecordVerificationHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<RecordVerification, Unit>
{
    public async Task<Unit> Handle(RecordVerification request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.RecordVerification(current.Actor!, request.Opened.SealVerification(request.Record, now), now);
        return Unit.Value;
    }
}
