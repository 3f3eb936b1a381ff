using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Rectification;

/// <summary>整改事项完成: what was done, with photographs before and after where there are any.</summary>
public sealed record CompleteRectificationItem(
    OpenedReport Opened, int Version, Guid? Item, string Outcome, IReadOnlyList<SentFile> Before, IReadOnlyList<SentFile> After)
    : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.CompleteRectificationItem;
}

internal sealed class CompleteRectificationItemValidator : AbstractValidator<CompleteRectificationItem>
{
    public CompleteRectificationItemValidator()
    {
        RuleFor(c => c.Item).NotNull().WithMessage("casework.error.item");
        RuleFor(c => c.Outcome).Written();
    }
}

internal sealed class CompleteRectificationItemHandler(
    ReportsDbContext db, StaffEvidence evidence, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<CompleteRectificationItem, Unit>
{
    public async Task<Unit> Handle(CompleteRectificationItem request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var item = request.Item!.Value;
        report.CompleteRectificationItem(
            current.Actor!, item, request.Opened.SealOutcome(item, request.Outcome.Trim()), time.GetUtcNow(), profile.DeadlinesOn(report.FiledOn));
        await evidence.TakePhotographsAsync(request.Opened, EvidencePurpose.Before, request.Before, cancellationToken, item);
        await evidence.TakePhotographsAsync(request.Opened, EvidencePurpose.After, request.After, cancellationToken, item);
        return Unit.Value;
    }
}
