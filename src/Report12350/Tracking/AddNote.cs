using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Tracking;

/// <summary>内部备注: seen by staff only.</summary>
public sealed record AddNote(OpenedReport Opened, int Version, string Text) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.AddNote;
}

internal sealed class AddNoteValidator : AbstractValidator<AddNote>
{
    public AddNoteValidator()
    {
        RuleFor(c => c.Text).Written();
    }
}

internal sealed class AddNoteHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IRequestHandler<AddNote, Unit>
{
    public async Task<Unit> Handle(AddNote request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.AddNote(current.Actor!, request.Opened.SealWritten(request.Text, now), now);
        return Unit.Value;
    }
}
