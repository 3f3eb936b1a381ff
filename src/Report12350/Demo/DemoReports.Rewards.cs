using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Rewards;

namespace Report12350.Demo;

/// <content>The rewards of those who asked for one and were right.</content>
internal sealed partial class DemoReports
{
    private const decimal Fund = 1_500_000m;
    private int endings;

    private enum Ending
    {
        Paid,
        Voting,
        Claimed,
        Claimable,
        Approved,
        Outvoted,
        Eligible,
        RuledOut,
    }

    /// <summary>The year's fund, before anything is approved.</summary>
    public async Task AllotFundAsync()
    {
        for (var year = clock.GetUtcNow().Year; year <= clock.GetUtcNow().AddDays(130).Year; year++)
            await staff.SendAsync(staff["dispatcher"], new AllotFund(year, Fund));
    }

    /// <summary>Sends each reward on to another ending, so that a small demonstration too shows all of them.</summary>
    private void Reward(DemoWay way, Story story) => way.Then(0.1, async w =>
    {
        if (await StateAsync(w) is not RewardState.Pending)
            return;
        if (story.Kind is MatterKind.GeneralHazard)
            w.Then(3, way => OnClaimAsync(way, staff["reward"], (id, v) => new AssessReward(id, v)));
        else
            Reward(w, (Ending)(endings++ % Enum.GetValues<Ending>().Length));
    });

    private void Reward(DemoWay way, Ending ending)
    {
        var officer = staff["reward"];
        if (ending is Ending.RuledOut)
        {
            way.Then(3, w => OnClaimAsync(w, officer, (id, v) => new RuleOutReward(id, v, [IneligibleReason.AlreadyKnown])));
            return;
        }

        way.Then(3, w => OnClaimAsync(w, officer, (id, v) => new AssessReward(id, v)));
        if (ending is Ending.Eligible)
            return;
        var penalty = 20_000m + (1000m * random.Next(90));
        way.Then(2, w => OnClaimAsync(w, officer, (id, v) => new ProposeReward(id, v, penalty, null, null, null)));
        way.Then(1, w => OnClaimAsync(w, officer, (id, v) => new OpenVote(id, v)));
        for (var member = 1; member <= (ending is Ending.Voting ? 2 : 5); member++)
        {
            var voter = staff[$"committee{member}"];
            way.Then(0.5, w => OnClaimAsync(w, voter, (id, _) => new CastVote(id, ending is Ending.Outvoted ? Ballot.Reject : Ballot.Approve)));
        }

        if (ending is Ending.Voting or Ending.Approved or Ending.Outvoted)
            return;
        way.Then(2, w => OnClaimAsync(w, officer, (id, v) => new NotifyClaimant(id, v)));
        if (ending is Ending.Claimable)
            return;
        way.Then(8, ClaimAsync);
        if (ending is Ending.Paid)
            way.Then(3, w => OnClaimAsync(w, staff["cashier"], (id, v) => new PayReward(id, v)));
    }

    private async Task ClaimAsync(DemoWay way)
    {
        var check = await SendAsync(new CheckClaimCode(way.Number, ClaimCodeOfAll));
        if (check.Proof is { } proof && await StateAsync(way) is RewardState.ClaimOpen)
            await SendAsync(new ClaimReward(proof, new Payee("演示领奖人", "海丰农商银行", "6222000000000012350")));
    }

    /// <summary>Does it where the reward has come so far; a wish never made, or a vote that failed, ends the way.</summary>
    private async Task OnClaimAsync<T>(DemoWay way, DemoPerson who, Func<Guid, int, IRequest<T>> act)
    {
        var claim = await ReadAsync(db => db.RewardClaims.Where(c => c.ReportId == way.Report).Select(c => new { c.Id, c.Version, c.State }).SingleAsync());
        var request = act(claim.Id, claim.Version);
        if (request is Messaging.IActOnReward { Action: var action } && RewardWorkflow.Allowed(claim.State).Contains(action))
            await staff.SendAsync(who, request);
    }

    private Task<RewardState> StateAsync(DemoWay way) =>
        ReadAsync(db => db.RewardClaims.Where(c => c.ReportId == way.Report).Select(c => c.State).SingleAsync());
}
