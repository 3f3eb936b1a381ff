using Microsoft.EntityFrameworkCore;
using Report12350.Conflicts;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Profiles;

namespace Report12350.Rewards;

/// <summary>计票: by the quorum and majority in force when the report was filed; approval commits the year's fund.</summary>
public sealed class VoteCount(ReportsDbContext db, ConflictBlocks conflicts, JurisdictionProfile profile, TimeProvider time)
{
    internal async Task<bool> CloseAsync(RewardClaim claim, RewardMatter matter, CancellationToken cancellationToken)
    {
        matter.RequireSubstantiated();
        var rules = profile.Committee.On(matter.Own.FiledOn);
        var year = YearOf(matter);
        if (!claim.CloseVote(rules.Quorum, rules.MajorityOfVotes, year, time.GetUtcNow()))
            return false;
        var fund = await db.LockedFundAsync(year, cancellationToken) ?? throw new RuleBrokenException("rule.FundMissing", year);
        fund.Commit(claim.Amount!.Value);
        return true;
    }

    /// <summary>Closes when everybody entitled has voted. Where the quorum or the money is missing it stays open for the reward officer.</summary>
    internal async Task CloseIfCompleteAsync(RewardClaim claim, RewardMatter matter, CancellationToken cancellationToken)
    {
        var entitled = await EntitledAsync(claim, matter, cancellationToken);
        if (!entitled.All(member => claim.Votes.Any(v => v.MemberId == member)))
            return;
        if (claim.Votes.Count(v => v.Ballot is not Ballot.Recused) < profile.Committee.On(matter.Own.FiledOn).Quorum)
            return;
        if (await db.LockedFundAsync(YearOf(matter), cancellationToken) is { } fund && fund.Free >= claim.Amount)
            await CloseAsync(claim, matter, cancellationToken);
    }

    /// <summary>Active members of the committee, without the proposer, those who accepted or verified the report, and those kept out of it.</summary>
    internal async Task<IReadOnlyList<Guid>> EntitledAsync(RewardClaim claim, RewardMatter matter, CancellationToken cancellationToken)
    {
        var staff = await db.Staff.AsNoTracking().Where(m => m.Active).Select(m => new { m.Id, m.Roles }).ToListAsync(cancellationToken);
        var members = staff.Where(m => m.Roles.Contains(Role.CommitteeMember)).Select(m => m.Id).Where(id => id != claim.ProposedBy && !matter.HandledBy.Contains(id)).ToList();
        return [.. members.Except(await conflicts.AmongAsync(matter.Own.MatterId, members, cancellationToken))];
    }

    private int YearOf(RewardMatter matter) => profile.DeadlinesOn(matter.Own.FiledOn).LegalDay(time.GetUtcNow()).Year;
}
