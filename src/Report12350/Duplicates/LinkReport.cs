using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Duplicates;

/// <summary>关联 with the report of this number: each says so in its history, under its own key; both go on by themselves.</summary>
public sealed record LinkReport(OpenedReport Opened, int Version, string To) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.Link;
}

internal sealed class LinkReportValidator : AbstractValidator<LinkReport>
{
    public LinkReportValidator() => RuleFor(c => c.To).NotEmpty().WithMessage("casework.error.number");
}

internal sealed class LinkReportHandler(ReportsDbContext db, ReportOpener opener, CurrentStaff current, TimeProvider time) : IRequestHandler<LinkReport, Unit>
{
    public async Task<Unit> Handle(LinkReport request, CancellationToken cancellationToken)
    {
        var number = request.To.Replace(" ", "", StringComparison.Ordinal);
        var report = await db.LoadAsync(request, cancellationToken);
        var now = time.GetUtcNow();
        var other = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Number == number, cancellationToken);
        if (other is null || !Permissions.MayRead(current.Required(), other, now))
            throw new RuleBrokenException("rule.NoSuchReport", number);
        if (other.Id == report.Id)
            throw new RuleBrokenException("rule.LinkToItself");
        if (await IsLinkedAsync(request.Opened, number, cancellationToken))
            throw new RuleBrokenException("rule.LinkedAlready", number);
        var opened = await opener.ForActAsync(other.Id, cancellationToken);
        report.Link(current.Actor!, request.Opened.SealText(number, now), now);
        (await db.LoadAsync(other.Id, cancellationToken)).Link(current.Actor!, opened.SealText(report.Number, now), now);
        db.Audit.Add(AuditTrail.Entry(nameof(LinkReport), current, other.Id, now));
        return Unit.Value;
    }

    private async Task<bool> IsLinkedAsync(OpenedReport opened, string number, CancellationToken cancellationToken)
    {
        var links = await db.Reports.Where(r => r.Id == opened.Id).SelectMany(r => r.Timeline)
            .Where(e => e.Act == nameof(ReportAction.Link)).AsNoTracking().ToListAsync(cancellationToken);
        return links.Exists(link => opened.Text(link) == number);
    }
}
