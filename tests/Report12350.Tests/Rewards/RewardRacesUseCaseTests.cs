using Microsoft.EntityFrameworkCore;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Rewards;

/// <summary>Many at once: one winner, one claim, one payment, and a fund that is never overdrawn.</summary>
public abstract class RewardRacesUseCaseTests(ReportApplication app)
{
    [Fact]
    public async Task Of_two_hundred_reports_of_one_matter_the_first_accepted_wins()
    {
        var reports = await app.StageAsync(200);
        await app.JoinMatterAsync(reports);
        var officer = await app.As(Role.RewardOfficer);
        var results = await RaceAsync(reports, each => officer.Send(app, each.Claim, v => new AssessReward(each.Claim, v)));
        results.Count(r => r is null).ShouldBe(1);
        results.Where(r => r is not null).ShouldAllBe(r => r == "rule.NotFirstAccepted");
        (await app.ClaimAsync(reports[0].Claim)).State.ShouldBe(RewardState.Eligible);
    }

    [Fact]
    public async Task Two_hundred_claims_with_the_right_code_are_one_claim()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        var proof = (await app.Send(new CheckClaimCode(staged.Number, staged.ClaimCode))).Proof!;
        var results = await RaceAsync(Enumerable.Range(0, 200), each => app.Send(new ClaimReward(proof, each % 2 == 0 ? RewardStage.Payee : null)));
        results.Count(r => r is null).ShouldBe(1);
        results.Where(r => r is not null).ShouldAllBe(r => r == "rule.ClaimedAlready");
    }

    [Fact]
    public async Task Fifty_payments_at_once_are_one_payment()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Claimed });
        var before = await app.FundAsync();
        var cashier = await app.As(Role.Cashier);
        var version = (await app.ClaimAsync(staged.Claim)).Version;
        var results = await RaceAsync(Enumerable.Range(0, 50), _ => cashier.Send(new PayReward(staged.Claim, version)));
        results.Count(r => r is null).ShouldBe(1);
        results.Where(r => r is not null).ShouldAllBe(r => r == "rule.PaidAlready");
        var after = await app.FundAsync();
        (after.Paid - before.Paid, before.Committed - after.Committed).ShouldBe((RewardStage.Amount, RewardStage.Amount));
    }

    [Fact]
    public async Task Forty_approvals_against_money_for_ten_are_ten()
    {
        var claims = await app.StageAsync(40, new Staging { Until = RewardState.Voting });
        // A fourth member who doesn't vote keeps the votes open.
        await app.As(Role.CommitteeMember, "awb", "4");
        foreach (var person in new[] { "1", "2", "3" })
        {
            var member = await app.As(Role.CommitteeMember, "awb", person);
            foreach (var each in claims)
                await member.Send(new CastVote(each.Claim, Ballot.Approve));
        }

        var fund = await app.FundAsync();
        await app.AllotAsync(fund.Committed + fund.Paid + (10 * RewardStage.Amount) + 2999);
        var officer = await app.As(Role.RewardOfficer);
        var results = await RaceAsync(claims, each => officer.Send(app, each.Claim, v => new CloseVote(each.Claim, v)));
        results.Count(r => r is null).ShouldBe(10);
        results.Where(r => r is not null).ShouldAllBe(r => r == "rule.FundOverdrawn");
        var after = await app.FundAsync();
        after.Free.ShouldBe(2999);
        after.Committed.ShouldBe(fund.Committed + (10 * RewardStage.Amount));
        var ids = claims.Select(c => c.Claim).ToList();
        (await app.Read(db => db.RewardClaims.CountAsync(c => ids.Contains(c.Id) && c.State == RewardState.Approved))).ShouldBe(10);
    }

    [Fact]
    public async Task Many_wrong_codes_at_once_are_no_way_around_the_lock()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
            (await app.Send(new CheckClaimCode(staged.Number, $"wrong code {i:000}"))).Outcome)));
        outcomes.Count(o => o is ClaimCheckOutcome.Wrong).ShouldBeInRange(5, 5 + Environment.ProcessorCount);
        outcomes.ShouldNotContain(ClaimCheckOutcome.Right);
        (await app.Send(new CheckClaimCode(staged.Number, staged.ClaimCode))).Outcome.ShouldBe(ClaimCheckOutcome.Locked);
    }

    /// <summary>For each its refusal, or null where it went through.</summary>
    private static async Task<string?[]> RaceAsync<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult>> act) =>
        await Task.WhenAll(items.Select(item => Task.Run(async () =>
        {
            try
            {
                await act(item);
                return null;
            }
            catch (RuleBrokenException refusal)
            {
                return refusal.Code;
            }
            catch (StaleException)
            {
                return "stale";
            }
        })));
}

public sealed class RewardRacesUseCaseOnSqliteTests(SqliteApplication app) : RewardRacesUseCaseTests(app), IClassFixture<SqliteApplication>;

public sealed class RewardRacesUseCaseOnPostgresTests(PostgresApplication app) : RewardRacesUseCaseTests(app), IClassFixture<PostgresApplication>;
