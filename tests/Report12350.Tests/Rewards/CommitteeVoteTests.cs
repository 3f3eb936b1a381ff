using Report12350.Domain.Rewards;
using Report12350.Tests.Reports;
using static Report12350.Domain.Rewards.Ballot;

namespace Report12350.Tests.Rewards;

/// <summary>How the committee's votes are counted.</summary>
public sealed class CommitteeVoteTests
{
    [Theory]
    [InlineData(new[] { Approve, Approve, Reject }, true)]
    [InlineData(new[] { Approve, Approve, Reject, Reject }, false)]
    [InlineData(new[] { Approve, Reject, Reject }, false)]
    [InlineData(new[] { Approve, Abstain, Abstain }, true)]
    [InlineData(new[] { Abstain, Abstain, Abstain }, false)]
    [InlineData(new[] { Approve, Approve, Approve, Recused, Recused, Recused }, true)]
    public void More_than_half_of_the_votes_for_and_against_approve(Ballot[] ballots, bool approved)
    {
        var walk = RewardWalk.In(RewardState.Voting).Ballots(ballots);

        walk.Claim.CloseVote(quorum: 3, majority: 0.5m, fundYear: 2026, walk.Now).ShouldBe(approved);

        walk.Claim.State.ShouldBe(approved ? RewardState.Approved : RewardState.Rejected);
        walk.Claim.FundYear.ShouldBe(approved ? 2026 : null);
        walk.Claim.VoteClosedAt.ShouldBe(walk.Now);
    }

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(3, 1, true)]
    public void A_two_thirds_majority_is_exceeded_and_not_just_met(int ayes, int noes, bool approved)
    {
        var walk = RewardWalk.In(RewardState.Voting)
            .Ballots(Enumerable.Repeat(Approve, ayes)).Ballots(Enumerable.Repeat(Reject, noes));

        walk.Claim.CloseVote(3, 2m / 3, 2026, walk.Now).ShouldBe(approved);
    }

    [Theory]
    [InlineData(new[] { Approve, Approve })]
    [InlineData(new[] { Approve, Approve, Recused, Recused })]
    public void Without_a_quorum_nothing_is_counted(Ballot[] ballots)
    {
        var walk = RewardWalk.In(RewardState.Voting).Ballots(ballots);

        new Action(() => walk.Claim.CloseVote(3, 0.5m, 2026, walk.Now)).ShouldBreak("rule.QuorumMissing").Values.ShouldBe([2, 3]);
        walk.Claim.State.ShouldBe(RewardState.Voting);
    }

    [Fact]
    public void The_proposer_may_not_vote()
    {
        var walk = RewardWalk.In(RewardState.Voting);

        new Action(() => walk.Claim.Vote(RewardWalk.RewardOfficer, Approve, reason: null, walk.Now)).ShouldBreak("rule.ProposerMayNotVote");
        walk.Claim.Votes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Approve)]
    [InlineData(Recused)]
    public void A_member_votes_or_recuses_once(Ballot first)
    {
        var walk = RewardWalk.In(RewardState.Voting);
        var member = walk.NextMember;
        walk.Claim.Vote(member, first, reason: null, walk.Now);

        new Action(() => walk.Claim.Vote(member, Reject, reason: null, walk.Now)).ShouldBreak("rule.VotedAlready");
        walk.Claim.Votes.Count.ShouldBe(1);
    }

    [Fact]
    public void After_the_count_nobody_votes()
    {
        var walk = RewardWalk.In(RewardState.Approved);

        new Action(() => walk.Ballots(Approve)).ShouldBreak("rule.RewardNotAllowedInState");
    }
}
