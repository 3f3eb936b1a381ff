using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>What a reward needs to know of a report, all of it in clear.</summary>
internal sealed record MatterReport(
    ReportId Id,
    string Number,
    Guid MatterId,
    Anonymity Anonymity,
    DateTimeOffset FiledAt,
    DateOnly FiledOn,
    DateTimeOffset? AcceptedAt,
    Guid? AcceptedBy,
    Guid? VerifiedBy,
    Guid? Officer,
    IReadOnlyList<Guid> ExcludedOfficers,
    IReadOnlyList<Guid> Recorders,
    Finding? Finding,
    int VerificationRound);

/// <summary>同一事项的全部举报: the report a reward is for, the one its matter was verified in, and all that were merged on the way.</summary>
internal sealed record RewardMatter(MatterReport Own, MatterReport Root, IReadOnlyList<MatterReport> All)
{
    /// <summary>三专: who accepted or verified any report of the matter, in whatever round; they neither vote on the reward nor pay it.</summary>
    public IReadOnlyCollection<Guid> HandledBy { get; } =
    [
        .. All.SelectMany(r => new[] { r.AcceptedBy, r.VerifiedBy, r.Officer }.OfType<Guid>().Concat(r.ExcludedOfficers).Concat(r.Recorders)).Distinct(),
    ];

    /// <summary>最先受理: of the accepted reports, the one registered first.</summary>
    public bool OwnIsFirstAccepted =>
        All.Where(r => r.AcceptedAt is not null).OrderBy(r => r.FiledAt).ThenBy(r => r.Number, StringComparer.Ordinal).FirstOrDefault()?.Id == Own.Id;

    public bool Substantiated => Root.Finding is Finding.Substantiated or Finding.PartlySubstantiated;

    public void RequireSubstantiated()
    {
        if (!Substantiated)
            throw new RuleBrokenException("rule.RewardNotSubstantiated");
    }

    public static async Task<RewardMatter> OfAsync(ReportsDbContext db, ReportId report, CancellationToken cancellationToken)
    {
        var own = await Read(db.Reports.Where(r => r.Id == report)).FirstOrDefaultAsync(cancellationToken) ?? throw new NotFoundException();
        var all = await Read(db.Reports.Where(r => r.MatterId == own.MatterId)).ToListAsync(cancellationToken);
        return new RewardMatter(own, all.Find(r => r.Id.Value == own.MatterId) ?? own, all);
    }

    /// <summary>Holds the matter until the transaction ends, so that its first report is found by one at a time.</summary>
    public async Task<RewardMatter> LockAsync(ReportsDbContext db, CancellationToken cancellationToken)
    {
        var held = Root.Id;
        await db.Reports.Where(r => r.Id == held).ExecuteUpdateAsync(r => r.SetProperty(x => x.MatterId, x => x.MatterId), cancellationToken);
        var matter = await OfAsync(db, Own.Id, cancellationToken);
        return matter.Root.Id == held ? matter : await matter.LockAsync(db, cancellationToken);
    }

    private static IQueryable<MatterReport> Read(IQueryable<Report> reports) => reports.AsNoTracking().Select(r => new MatterReport(
        r.Id, r.Number, r.MatterId, r.Anonymity, r.FiledAt, r.FiledOn, r.AcceptedAt, r.AcceptedBy, r.VerifiedBy, r.Officer,
        r.ExcludedOfficers, r.VerificationRecords.Select(v => v.RecordedBy).ToList(), r.Finding, r.VerificationRound));
}
