using Microsoft.EntityFrameworkCore;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Rewards;

public abstract class CommitteeVoteUseCaseTests(ReportApplication app)
{
    [Fact]
    public async Task Until_it_closes_a_member_sees_the_own_ballot_and_no_other()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Voting });
        var members = await MembersAsync();
        await members[0].Send(new CastVote(staged.Claim, Ballot.Approve, "金额合适"));
        await members[1].Send(new CastVote(staged.Claim, Ballot.Reject, "金额偏高"));

        var seen = (await members[1].Send(new ReadReward(staged.Number))).Vote!;
        seen.Mine.ShouldBe(Ballot.Reject);
        seen.Cast.ShouldBe(2);
        seen.Ballots.ShouldBeNull();
        (await members[2].Send(new ReadReward(staged.Number))).Vote!.Mine.ShouldBeNull();

        await members[2].Send(new CastVote(staged.Claim, Ballot.Approve));
        (await CloseAsync(staged)).ShouldBeTrue();
        var lines = (await members[2].Send(new ReadReward(staged.Number))).Vote!.Ballots!;
        lines.Select(l => l.Ballot).ShouldBe([Ballot.Approve, Ballot.Approve, Ballot.Reject], ignoreOrder: true);
        lines.Single(l => l.Ballot is Ballot.Reject).Reason.ShouldBe("金额偏高");
        lines.ShouldAllBe(l => l.Member.Length > 0);
    }

    [Fact]
    public async Task Without_a_quorum_the_vote_stays_open()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Voting });
        var members = await MembersAsync();
        await members[0].Send(new CastVote(staged.Claim, Ballot.Approve));
        await members[1].Send(new CastVote(staged.Claim, Ballot.Approve));
        await members[2].Send(new CastVote(staged.Claim, Ballot.Recused));
        await ShouldRefuse("rule.QuorumMissing", () => CloseAsync(staged));
        var claim = await app.ClaimAsync(staged.Claim);
        (claim.State, claim.Votes.Count).ShouldBe((RewardState.Voting, 3));
    }

    [Fact]
    public async Task The_last_ballot_closes_the_vote_by_itself()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Voting });
        var before = await app.FundAsync();
        foreach (var member in await MembersAsync())
            await member.Send(new CastVote(staged.Claim, Ballot.Approve));
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.Approved);
        (await app.FundAsync()).Committed.ShouldBe(before.Committed + RewardStage.Amount);
    }

    [Fact]
    public async Task A_tie_is_a_refusal_and_binds_no_money()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Voting });
        var before = await app.FundAsync();
        var members = await MembersAsync();
        await members[0].Send(new CastVote(staged.Claim, Ballot.Approve));
        await members[1].Send(new CastVote(staged.Claim, Ballot.Reject));
        await members[2].Send(new CastVote(staged.Claim, Ballot.Abstain));
        (await CloseAsync(staged)).ShouldBeFalse();
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.Rejected);
        (await app.FundAsync()).Committed.ShouldBe(before.Committed);
    }

    [Fact]
    public async Task A_member_votes_once()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Voting });
        var member = (await MembersAsync())[0];
        await member.Send(new CastVote(staged.Claim, Ballot.Approve));
        await ShouldRefuse("rule.VotedAlready", () => member.Send(new CastVote(staged.Claim, Ballot.Reject)));
        (await app.ClaimAsync(staged.Claim)).Votes.ShouldHaveSingleItem().Ballot.ShouldBe(Ballot.Approve);
    }

    [Fact]
    public async Task Who_accepted_or_verified_the_report_has_no_vote()
    {
        var members = await MembersAsync();
        var staged = await app.StageAsync(new Staging { Acceptor = members[0].Id, Until = RewardState.Voting });
        await ShouldRefuse("rule.MemberExcluded", () => members[0].Send(new CastVote(staged.Claim, Ballot.Approve)));
        var file = await members[0].Send(new ReadReward(staged.Number));
        file.Vote!.Refusal.ShouldBe("rule.MemberExcluded");
        file.May(RewardAction.Vote).ShouldBeFalse();
        file.Vote.Entitled.ShouldBe(3);
    }

    [Fact]
    public async Task The_proposer_has_no_vote()
    {
        var both = await Recruiting.JoinAsync(app, $"both.{Guid.NewGuid():N}"[..20], "awb", [Role.RewardOfficer, Role.CommitteeMember]);
        var staged = await app.StageAsync(new Staging { Until = RewardState.Eligible });
        await both.Send(app, staged.Claim, v => new ProposeReward(staged.Claim, v, EffectivePenalty: 100_000));
        await both.Send(app, staged.Claim, v => new OpenVote(staged.Claim, v));
        await ShouldRefuse("rule.ProposerMayNotVote", () => both.Send(new CastVote(staged.Claim, Ballot.Approve)));
        await app.Read(db => db.Staff.Where(m => m.Id == both.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.Active, false)));
    }

    [Fact]
    public async Task A_reward_officer_has_no_ballot()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Voting });
        var officer = await app.As(Role.RewardOfficer);
        await Should.ThrowAsync<NotPermittedException>(() => officer.Send(new CastVote(staged.Claim, Ballot.Approve)));
    }

    [Fact]
    public async Task Where_the_fund_is_empty_the_votes_are_kept_and_the_vote_stays_open()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Voting });
        var fund = await app.FundAsync();
        await app.AllotAsync(fund.Committed + fund.Paid + RewardStage.Amount - 0.01m);
        foreach (var member in await MembersAsync())
            await member.Send(new CastVote(staged.Claim, Ballot.Approve));
        await ShouldRefuse("rule.FundOverdrawn", () => CloseAsync(staged));
        var claim = await app.ClaimAsync(staged.Claim);
        (claim.State, claim.Votes.Count).ShouldBe((RewardState.Voting, 4));
        await app.AllotAsync(10_000_000);
        (await CloseAsync(staged)).ShouldBeTrue();
    }

    private async Task<bool> CloseAsync(Staged staged) =>
        await (await app.As(Role.RewardOfficer)).Send(app, staged.Claim, v => new CloseVote(staged.Claim, v));

    private async Task<IReadOnlyList<StaffHands>> MembersAsync()
    {
        List<StaffHands> members = [];
        foreach (var person in new[] { "1", "2", "3", "4" })
            members.Add(await app.As(Role.CommitteeMember, "awb", person));
        return members;
    }

    private static async Task ShouldRefuse(string code, Func<Task> act) => (await Should.ThrowAsync<RuleBrokenException>(act)).Code.ShouldBe(code);
}

public sealed class CommitteeVoteUseCaseOnSqliteTests(SqliteApplication app) : CommitteeVoteUseCaseTests(app), IClassFixture<SqliteApplication>;

public sealed class CommitteeVoteUseCaseOnPostgresTests(PostgresApplication app) : CommitteeVoteUseCaseTests(app), IClassFixture<PostgresApplication>;
