using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Verification;

/// <summary>挂牌督办.</summary>
public sealed record ListForSupervision(OpenedReport Opened, int Version, string? Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.ListForSupervision;
}

internal sealed class ListForSupervisionValidator : AbstractValidator<ListForSupervision>
{
    public ListForSupervisionValidator()
    {
        RuleFor(c => c.Reason).WrittenIfAtAll();
    }
}

internal sealed class ListForSupervisionHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IRequestHandler<ListForSupervision, Unit>
{
    public async Task<Unit> Handle(ListForSupervision request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.ListForSupervision(current.Actor!, request.Opened.SealWrittenOrNone(request.Reason, now), now);
        return Unit.Value;
    }
}
