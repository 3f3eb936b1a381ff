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

/// <summary>移送去向和说明, as sealed in the timeline.</summary>
public sealed record TransferParts(string To, string? Explanation)
{
    internal static TransferParts Of(TransferReport request) =>
        new(request.To.Trim(), string.IsNullOrWhiteSpace(request.Explanation) ? null : StaffText.Clean(request.Explanation));

    /// <summary>Fact and text of an entry, whichever way they are kept.</summary>
    internal static (string? Fact, string? Text) Read(OpenedReport opened, TimelineEntry entry) =>
        entry.Act == nameof(ReportAction.Transfer) && opened.Parts<TransferParts>(entry) is { } parts
            ? (parts.To, parts.Explanation)
            : (entry.Fact, opened.Text(entry));
}

internal sealed class TransferReportValidator : AbstractValidator<TransferReport>
{
    public TransferReportValidator()
    {
        RuleFor(c => c.To).Line();
        RuleFor(c => c.Explanation).WrittenIfAtAll();
    }
}

internal sealed class TransferReportHandler(ReportsDbContext db, GroupKeys groups, CurrentStaff current, TimeProvider time)
    : IRequestHandler<TransferReport, Unit>
{
    public async Task<Unit> Handle(TransferReport request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.Transfer(current.Actor!, request.Opened.SealParts(TransferParts.Of(request), now), now);
        await groups.DisentitleAsync(report.Id, [Groups.Supervisors], cancellationToken);
        return Unit.Value;
    }
}
