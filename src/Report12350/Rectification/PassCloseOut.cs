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

/// <summary>验收通过, 销号: by a second person, with what was seen and at least one photograph of it.</summary>
public sealed record PassCloseOut(OpenedReport Opened, int Version, string Review, IReadOnlyList<SentFile> Photographs) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.PassCloseOut;
}

internal sealed class PassCloseOutValidator : AbstractValidator<PassCloseOut>
{
    public PassCloseOutValidator() => RuleFor(c => c.Review).Written();
}

internal sealed class PassCloseOutHandler(
    ReportsDbContext db, StaffEvidence evidence, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<PassCloseOut, Unit>
{
    public async Task<Unit> Handle(PassCloseOut request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.PassCloseOut(
            current.Actor!, request.Opened.SealWritten(request.Review, now), request.Photographs.Count, now, profile.DeadlinesOn(report.FiledOn));
        await evidence.TakePhotographsAsync(request.Opened, EvidencePurpose.CloseOut, request.Photographs, cancellationToken);
        return Unit.Value;
    }
}
