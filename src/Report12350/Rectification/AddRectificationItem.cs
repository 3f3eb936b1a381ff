using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Rectification;

/// <summary>增加整改事项.</summary>
public sealed record AddRectificationItem(OpenedReport Opened, int Version, OrderedMeasure Item) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.AddRectificationItem;
}

internal sealed class AddRectificationItemValidator : AbstractValidator<AddRectificationItem>
{
    public AddRectificationItemValidator() => RuleFor(c => c.Item).SetValidator(new OrderedMeasureRules());
}

internal sealed class AddRectificationItemHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<AddRectificationItem, Unit>
{
    public async Task<Unit> Handle(AddRectificationItem request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.AddRectificationItem(current.Actor!, request.Item.SealedFor(request.Opened, now), now, profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
