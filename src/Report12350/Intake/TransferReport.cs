using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Intake;

/// <summary>移送: out of the county's competence, never refused; the reporter is told to whom.</summary>
/// <param name="To">The body it goes to, such as the one that runs a town the county does not.</param>
public sealed record TransferReport(OpenedReport Opened, int Version, string To, string? Explanation) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Transfer;
}

internal sealed class TransferReportValidator : AbstractValidator<TransferReport>
{
    public TransferReportValidator()
    {
        RuleFor(c => c.To).Line();
        RuleFor(c => c.Explanation).WrittenIfAtAll();
    }
}

internal sealed class TransferReportHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IRequestHandler<TransferReport, Unit>
{
    public async Task<Unit> Handle(TransferReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Transfer(current.Actor!, request.To.Trim(), request.Opened.SealWrittenOrNone(request.Explanation, now), now);
        return Unit.Value;
    }
}
