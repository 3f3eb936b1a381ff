using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Rectification;

/// <summary>责令整改: the list of measures, each with its owner, funds, due date and interim measures.</summary>
public sealed record OrderRectification(OpenedReport Opened, int Version, IReadOnlyList<OrderedMeasure> Items) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.OrderRectification;
}

internal sealed class OrderRectificationValidator : AbstractValidator<OrderRectification>
{
    public OrderRectificationValidator() => RuleForEach(c => c.Items).SetValidator(new OrderedMeasureRules());
}

internal sealed class OrderRectificationHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<OrderRectification, Unit>
{
    public async Task<Unit> Handle(OrderRectification request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.OrderRectification(
            current.Actor!, [.. request.Items.Select(item => item.SealedFor(request.Opened, now))], now, profile.DeadlinesOn(report.FiledOn));
        return Unit.Value;
    }
}
