using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Redaction;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Redaction;

/// <summary>对外提供: hands out the masked copy for another body, and keeps on record that it was given.</summary>
public sealed record ShareMasked(OpenedReport Opened, int Version, string? Recipient) : ICommand<SharedCopy>, IActOnReport, INeedStepUp
{
    public ReportId Report => Opened.Id;

    public ReportAction Action => ReportAction.ShareMasked;

    public override string ToString() => nameof(ShareMasked);
}

/// <param name="Record">The record's own number, printed on every page.</param>
public sealed record SharedCopy(string Number, MaskedCopy Copy, IReadOnlyList<byte[]> Pictures, string Recipient, Role Role, string Department, DateTimeOffset At, Guid Record)
{
    public override string ToString() => nameof(SharedCopy);
}

internal sealed class ShareMaskedValidator : AbstractValidator<ShareMasked>
{
    public ShareMaskedValidator() =>
        RuleFor(c => c.Recipient).Must(recipient => recipient?.Trim().Length is > 0 and <= SharingRecord.LongestRecipient).WithMessage("masks.error.recipient");
}

internal sealed class ShareMaskedHandler(ReportsDbContext db, MaskedCopies copies, CurrentStaff current, TimeProvider time) : IRequestHandler<ShareMasked, SharedCopy>
{
    public async Task<SharedCopy> Handle(ShareMasked request, CancellationToken cancellationToken)
    {
        var (actor, now, recipient) = (current.Actor!, time.GetUtcNow(), request.Recipient!.Trim());
        var report = await db.LoadAsync(request, cancellationToken);
        var (copy, pictures) = await copies.OpenAsync(request.Opened, cancellationToken) ?? throw new RuleBrokenException("rule.MasksNotFixed");
        var record = new SharingRecord
        {
            Id = Guid.CreateVersion7(now),
            ReportId = report.Id,
            Number = report.Number,
            Recipient = recipient,
            SharedBy = actor.StaffId!.Value,
            Role = actor.Role!.Value,
            Department = actor.Department!,
            SharedAt = now,
        };
        db.SharingRecords.Add(record);
        report.ShareMasked(actor, recipient, now);
        return new SharedCopy(report.Number, copy, pictures, recipient, record.Role, record.Department, now, record.Id);
    }
}
