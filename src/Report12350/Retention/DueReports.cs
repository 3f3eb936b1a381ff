using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Profiles;

namespace Report12350.Retention;

/// <summary>Why a report whose years are over is kept all the same (暂不删除的原因).</summary>
public enum RetentionHold
{
    /// <summary>The reporter wrote after it was closed: two people may erase it by hand.</summary>
    ReporterWrote,

    /// <summary>A reward is not finished.</summary>
    RewardUnderWay,

    /// <summary>Another report of the same matter is kept.</summary>
    MatterKept,
}

/// <summary>A report whose years are over.</summary>
/// <param name="Hold">Null: it goes.</param>
public sealed record DueReport(ReportId Id, string Number, ReportState State, Finding? Finding, DateOnly FiledOn, DateOnly ClosedOn, DateOnly KeptUntil, RetentionHold? Hold);

/// <summary>Which reports have been kept long enough (到期举报), by the county's years for their outcome. Reports of one matter go together.</summary>
public sealed class DueReports(ReportsDbContext db, JurisdictionProfile profile, TimeProvider time)
{
    private const int Batch = 500;

    private static readonly RewardState[] Unfinished =
        [RewardState.Eligible, RewardState.Proposed, RewardState.Voting, RewardState.Approved, RewardState.ClaimOpen, RewardState.Claimed, RewardState.Suspended];

    public RetentionRules Rules => profile.Retention.On(Today);

    private DateOnly Today => profile.DayOf(time.GetUtcNow());

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<DueReport>> ListAsync(CancellationToken cancellationToken)
    {
        var earliest = time.GetUtcNow().AddYears(-new[] { Rules.SubstantiatedYears, Rules.UnsubstantiatedYears, Rules.DeclinedYears }.Min());
        var matters = await db.Reports.AsNoTracking().Where(r => r.ClosedAt <= earliest && r.ErasureDecidedAt == null)
            .OrderBy(r => r.Number).Select(r => r.MatterId).ToListAsync(cancellationToken);
        List<DueReport> due = [];
        foreach (var batch in matters.Distinct().Chunk(Batch))
            due.AddRange(await OfMattersAsync(batch, cancellationToken));
        return [.. due.OrderBy(d => d.Number, StringComparer.Ordinal)];
    }

    /// <summary>Of one report; null while its years run.</summary>
    public async Task<DueReport?> FindAsync(ReportId report, CancellationToken cancellationToken)
    {
        var matter = await db.Reports.Where(r => r.Id == report).Select(r => (Guid?)r.MatterId).FirstOrDefaultAsync(cancellationToken);
        return matter is { } known ? (await OfMattersAsync([known], cancellationToken)).FirstOrDefault(d => d.Id == report) : null;
    }

    internal async Task<bool> IsRewardUnderWayAsync(ReportId report, CancellationToken cancellationToken) =>
        await db.RewardClaims.AnyAsync(c => c.ReportId == report && Unfinished.Contains(c.State), cancellationToken);

    private async Task<IEnumerable<DueReport>> OfMattersAsync(IReadOnlyCollection<Guid> matters, CancellationToken cancellationToken)
    {
        var members = await db.Reports.AsNoTracking().Where(r => matters.Contains(r.MatterId))
            .Select(r => new Member(r.Id, r.Number, r.MatterId, r.State, r.Finding, r.FiledOn, r.ClosedAt, r.ReporterWroteAfterClosing, r.ErasureDecidedAt != null)).ToListAsync(cancellationToken);
        var ids = members.ConvertAll(m => m.Id);
        var waiting = await db.RewardClaims.AsNoTracking().Where(c => ids.Contains(c.ReportId) && Unfinished.Contains(c.State)).Select(c => c.ReportId).ToListAsync(cancellationToken);
        return members.GroupBy(m => m.MatterId).SelectMany(matter => OfMatter([.. matter], [.. waiting]));
    }

    private IEnumerable<DueReport> OfMatter(List<Member> members, HashSet<ReportId> waiting)
    {
        var root = members.Find(m => m.Id.Value == m.MatterId);
        var years = YearsOf(root ?? members[0]);
        var over = members.Where(m => m.ClosedAt is { } at && profile.DayOf(at).AddYears(years) < Today).ToList();
        var held = members.Exists(m => m.Wrote || waiting.Contains(m.Id)) || over.Count < members.Count;
        return over.Where(m => !m.Decided).Select(m =>
        {
            var closed = profile.DayOf(m.ClosedAt!.Value);
            RetentionHold? hold = m.Wrote ? RetentionHold.ReporterWrote : waiting.Contains(m.Id) ? RetentionHold.RewardUnderWay : held ? RetentionHold.MatterKept : null;
            return new DueReport(m.Id, m.Number, m.State, m.Finding, m.FiledOn, closed, closed.AddYears(years), hold);
        });
    }

    private int YearsOf(Member outcome) => outcome switch
    {
        { State: ReportState.Declined or ReportState.Transferred } => Rules.DeclinedYears,
        { Finding: Finding.Substantiated or Finding.PartlySubstantiated } => Rules.SubstantiatedYears,
        { Finding: not null } => Rules.UnsubstantiatedYears,
        // Merged into a report that is gone: kept as long as anything is.
        _ => new[] { Rules.SubstantiatedYears, Rules.UnsubstantiatedYears, Rules.DeclinedYears }.Max(),
    };

    private sealed record Member(
        ReportId Id, string Number, Guid MatterId, ReportState State, Finding? Finding, DateOnly FiledOn, DateTimeOffset? ClosedAt, bool Wrote, bool Decided);
}
