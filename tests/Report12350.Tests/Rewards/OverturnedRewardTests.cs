using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Intake;
using Report12350.Rewards;
using Report12350.Tests.Hosting;
using Report12350.Verification;

namespace Report12350.Tests.Rewards;

/// <summary>What becomes of a reward when the conclusion it rests on falls, and of one whose report joins a matter already concluded.</summary>
public abstract class OverturnedRewardTests(ReportApplication app)
{
    [Fact]
    public async Task A_vote_on_an_overturned_conclusion_is_cancelled_and_the_reward_is_assessed_and_voted_on_again()
    {
        var (filed, hands, claim) = await ConcludedAsync();
        await VotingAsync(claim);
        await (await app.As(Role.CommitteeMember)).Send(new CastVote(claim, Ballot.Approve));

        await OverturnAsync(filed, hands);

        var started = await app.ClaimAsync(claim);
        (started.State, started.Votes.Count, started.Amount, started.ProposedBy).ShouldBe((RewardState.Pending, 0, null, null));
        await hands.ConcludeAsync(await hands.Reviewer, Finding.Substantiated);
        await VotingAsync(claim);
        await (await app.As(Role.CommitteeMember)).Send(new CastVote(claim, Ballot.Approve));
        (await app.ClaimAsync(claim)).Votes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_approval_on_an_overturned_conclusion_gives_the_money_back()
    {
        var (filed, hands, claim) = await ConcludedAsync();
        await VotingAsync(claim);
        var before = await app.FundAsync();
        foreach (var no in new[] { "1", "2", "3" })
            await (await app.As(Role.CommitteeMember, "awb", no)).Send(new CastVote(claim, Ballot.Approve));
        if ((await app.ClaimAsync(claim)).State is RewardState.Voting)
            await (await app.As(Role.RewardOfficer)).Send(app, claim, v => new CloseVote(claim, v));
        (await app.ClaimAsync(claim)).State.ShouldBe(RewardState.Approved);
        (await app.FundAsync()).Committed.ShouldBeGreaterThan(before.Committed);

        await OverturnAsync(filed, hands);

        (await app.ClaimAsync(claim)).State.ShouldBe(RewardState.Pending);
        (await app.FundAsync()).Committed.ShouldBe(before.Committed);
    }

    [Fact]
    public async Task A_report_merged_after_the_conclusion_gets_its_dossier()
    {
        var earlier = await app.FileAsync(content => content.Answers.Reporter = ReporterKind.Informant, claimCode: "12345 67890");
        await app.Case(earlier.Id).AcceptedAsync();
        var (filed, _, later) = await ConcludedAsync();

        await (await app.As(Role.Dispatcher)).Send(new MergeReport(earlier.Id, await app.VersionAsync(earlier.Id), filed.Number));

        var officer = await app.As(Role.RewardOfficer);
        var file = await officer.Send(new ReadReward(earlier.Number));
        file.FirstAccepted.ShouldBeTrue();
        (file.Dossier!.Facts, file.Dossier.FoundKind, file.Dossier.Reporter).ShouldBe(("查实楼梯间存放气瓶。", MatterKind.MajorHazard, ReporterKind.Informant));
        var claim = await IdAsync(earlier.Number);
        await officer.Send(app, claim, v => new AssessReward(claim, v));
        (await app.ClaimAsync(later)).SealedDossier.ShouldNotBeNull();
    }

    private async Task<(Filed Filed, CaseHands Hands, Guid Claim)> ConcludedAsync()
    {
        var filed = await app.FileAsync(claimCode: "12345 67890");
        var hands = app.Case(filed.Id);
        await hands.ConcludedAsync();
        return (filed, hands, await IdAsync(filed.Number));
    }

    private async Task VotingAsync(Guid claim)
    {
        await app.AllotAsync(10_000_000);
        var officer = await app.As(Role.RewardOfficer);
        await officer.Send(app, claim, v => new AssessReward(claim, v));
        await officer.Send(app, claim, v => new ProposeReward(claim, v));
        await officer.Send(app, claim, v => new OpenVote(claim, v));
    }

    private async Task OverturnAsync(Filed filed, CaseHands hands)
    {
        await hands.FedBackAsync();
        await hands.ObjectedToAsync(filed.Receipt);
        var version = await hands.Version;
        await (await app.As(Role.Officer, app.Profile.ReexaminationBody)).Send(filed.Id, opened => new OverturnConclusion(opened, version, "未查二楼。"));
    }

    private Task<Guid> IdAsync(string number) => app.Read(db => db.RewardClaims.Where(c => c.Number == number).Select(c => c.Id).SingleAsync());
}

public sealed class OverturnedRewardOnSqliteTests(SqliteApplication app) : OverturnedRewardTests(app), IClassFixture<SqliteApplication>;

public sealed class OverturnedRewardOnPostgresTests(PostgresApplication app) : OverturnedRewardTests(app), IClassFixture<PostgresApplication>;
