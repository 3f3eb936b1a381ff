using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Conflicts;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Staff;

namespace Report12350.Intake;

/// <summary>并案: into the report of this number; whatever belonged to this matter, rewards too, belongs to that one now.</summary>
public sealed record MergeReport(ReportId Report, int Version, string Into) : ICommand<Unit>, IActOnReport
{
    public ReportAction Action => ReportAction.Merge;
}

internal sealed class MergeReportValidator : AbstractValidator<MergeReport>
{
    public MergeReportValidator() => RuleFor(c => c.Into).NotEmpty().WithMessage("casework.error.number");
}

internal sealed class MergeReportHandler(ReportsDbContext db, RewardDossiers dossiers, ConflictBlocks conflicts, CurrentStaff current, TimeProvider time) : IRequestHandler<MergeReport, Unit>
{
    public async Task<Unit> Handle(MergeReport request, CancellationToken cancellationToken)
    {
        var number = request.Into.Replace(" ", "", StringComparison.Ordinal);
        // Both rows are held, so that of two reports merged into each other at once only one goes.
        await db.Reports.Where(r => r.Number == number || r.Id == request.Report)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.Version, x => x.Version), cancellationToken);
        var report = await db.LoadAsync(request, cancellationToken);
        var target = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Number == number, cancellationToken)
            ?? throw new RuleBrokenException("rule.NoSuchReport", number);
        if (current.Required().Conflicts.Contains(target.MatterId))
            throw new RuleBrokenException("rule.NoSuchReport", number);
        var former = report.MatterId;
        report.MergeInto(target, current.Actor!, time.GetUtcNow());
        await MoveMatterAsync(report, former, cancellationToken);
        await dossiers.WriteForMergedAsync(target.Id, cancellationToken);
        return Unit.Value;
    }

    /// <summary>Reports merged into this one earlier come along, so that one matter still means one payment.</summary>
    private async Task MoveMatterAsync(Report report, Guid former, CancellationToken cancellationToken)
    {
        var matter = report.MatterId;
        foreach (var claim in await db.RewardClaims.Where(c => c.ReportId == report.Id || c.MatterId == former).ToListAsync(cancellationToken))
            claim.JoinMatter(matter);
        foreach (var follower in await db.Reports.Where(r => r.MatterId == former && r.Id != report.Id).ToListAsync(cancellationToken))
            follower.FollowMatter(matter, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await conflicts.MoveAsync(former, matter, cancellationToken);
        if (await db.MatterAwards.FirstOrDefaultAsync(a => a.MatterId == former, cancellationToken) is not { } award)
            return;
        if (await db.MatterAwards.AnyAsync(a => a.MatterId == matter, cancellationToken))
            throw new RuleBrokenException("rule.BothMattersAwarded");
        db.MatterAwards.Remove(award);
        db.MatterAwards.Add(new MatterAward { MatterId = matter, ReportId = award.ReportId });
    }
}
