using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Tracking;

/// <summary>回复举报人: a message the reporter reads on the tracking page.</summary>
/// <param name="Html">Simple formatting; sanitised before it is sealed.</param>
public sealed record ReplyToReporter(OpenedReport Opened, int Version, string Html) : ICommand<Unit>, IActOnReport
{
    public ReportId Report => Opened.Id;

    public ReportAction Action => ReportAction.ReplyToReporter;

    public override string ToString() => nameof(ReplyToReporter);
}

public sealed class ReplyToReporterValidator : AbstractValidator<ReplyToReporter>
{
    public ReplyToReporterValidator()
    {
        RuleFor(c => c.Html).NotEmpty().WithMessage("casework.error.textMissing")
            .MaximumLength(StaffText.LongestText).WithMessage("casework.error.textLong");
    }
}

internal sealed class ReplyToReporterHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<ReplyToReporter, Unit>
{
    public async Task<Unit> Handle(ReplyToReporter request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        report.ReplyToReporter(current.Actor!, request.Opened.SealText(StaffText.Clean(request.Html), now), now);
        return Unit.Value;
    }
}
