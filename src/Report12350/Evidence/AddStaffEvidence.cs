using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Evidence;

/// <summary>补充材料 by an officer: what was found at verification, before and after.</summary>
public sealed record AddStaffEvidence(OpenedReport Opened, int Version, EvidencePurpose Purpose, IReadOnlyList<SentFile> Files) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.AddEvidence;
}

internal sealed class AddStaffEvidenceValidator : AbstractValidator<AddStaffEvidence>
{
    public AddStaffEvidenceValidator()
    {
        RuleFor(c => c.Files).NotEmpty().WithMessage("casework.error.filesMissing");
        RuleFor(c => c.Purpose).NotEqual(EvidencePurpose.Report).WithMessage("casework.error.purpose");
    }
}

internal sealed class AddStaffEvidenceHandler(ReportsDbContext db, StaffEvidence evidence, CurrentStaff current, TimeProvider time)
    : IRequestHandler<AddStaffEvidence, Unit>
{
    public async Task<Unit> Handle(AddStaffEvidence request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        report.AddEvidence(current.Actor!, request.Files.Count, time.GetUtcNow());
        await evidence.TakeAsync(request.Opened, request.Purpose, request.Files, cancellationToken);
        return Unit.Value;
    }
}
