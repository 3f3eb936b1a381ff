using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Verification;

/// <summary>摘牌.</summary>
public sealed record DelistReport(OpenedReport Opened, int Version, string? Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Delist;
}

internal sealed class DelistReportValidator : AbstractValidator<DelistReport>
{
    public DelistReportValidator()
    {
        RuleFor(c => c.Reason).WrittenIfAtAll();
    }
}

internal sealed class DelistReportHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IRequestHandler<DelistReport, Unit>
{
    public async Task<Unit> Handle(DelistReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Delist(current.Actor!, request.Opened.SealWrittenOrNone(request.Reason, now), now);
        return Unit.Value;
    }
}
