using System.Text.Json;
using CsCheck;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Tests.Reports;

namespace Report12350.Tests.Rewards;

/// <summary>Every state of a reward with every act, against a table written from the casework rules.</summary>
public sealed class RewardWorkflowTests
{
    private const string Expected = """
        NotWanted:
        Pending: Assess>Eligible RuleOut>Ineligible
        Ineligible: Reopen>Pending
        Eligible: StartOver>Pending Propose>Proposed Suspend>Suspended RuleOut>Ineligible
        Proposed: StartOver>Pending Propose OpenVote>Voting Suspend>Suspended RuleOut>Ineligible
        Voting: StartOver>Pending Vote Recuse Approve>Approved Reject>Rejected
        Approved: StartOver>Pending Notify>ClaimOpen
        Rejected:
        ClaimOpen: Claim>Claimed ExtendClaim Forfeit>Forfeited
        Claimed: Pay>Paid
        Paid:
        Forfeited:
        Suspended: StartOver>Pending Resume>Eligible
        """;

    private static readonly Dictionary<(RewardState From, RewardAction Act), RewardState> Table = Expected.Split('\n')
        .SelectMany(line => line.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), (line, cell) => (State: line.Split(':')[0], Cell: cell.Split('>')))
        .ToDictionary(x => (Enum.Parse<RewardState>(x.State), Enum.Parse<RewardAction>(x.Cell[0])), x => Enum.Parse<RewardState>(x.Cell.Length > 1 ? x.Cell[1] : x.State));

    public static TheoryData<RewardState, RewardAction> Pairs() =>
        [.. from state in Enum.GetValues<RewardState>() from act in Enum.GetValues<RewardAction>() select (state, act)];

    [Theory, MemberData(nameof(Pairs))]
    public void Exactly_the_acts_of_the_procedure_are_open_in_each_state(RewardState state, RewardAction act)
    {
        var walk = RewardWalk.In(state);
        walk.Claim.State.ShouldBe(state);
        if (state is RewardState.Voting)
            walk.Ballots(act is RewardAction.Reject ? Ballot.Reject : Ballot.Approve);
        if (act is RewardAction.Forfeit)
            walk.Until(RewardWalk.Due);
        var (before, step) = (Snapshot(walk.Claim), walk.Claim.Step);

        if (Table.TryGetValue((state, act), out var to))
        {
            walk.Do(act);
            (walk.Claim.State, walk.Claim.Step).ShouldBe((to, step + 1));
            walk.Claim.Events[^1].Action.ShouldBe(act);
        }
        else
        {
            Should.Throw<RuleBrokenException>(() => walk.Do(act)).Code.ShouldBeOneOf("rule.RewardNotAllowedInState", "rule.ClaimedAlready", "rule.PaidAlready");
            Snapshot(walk.Claim).ShouldBe(before);
        }

        RewardWorkflow.Allowed(state).Contains(act).ShouldBe(Table.ContainsKey((state, act)));
    }

    [Fact]
    public void There_are_thirteen_states_and_seventeen_acts() =>
        (Enum.GetValues<RewardState>().Length, Enum.GetValues<RewardAction>().Length).ShouldBe((13, 17));

    [Fact]
    public void Every_edge_names_its_article() =>
        RewardWorkflow.Edges.ShouldAllBe(e => !string.IsNullOrWhiteSpace(e.Article) && RewardWorkflow.ArticleOf(e.From, e.Action) == e.Article);

    [Fact]
    public void Ruling_out_needs_a_reason() =>
        Breaks(RewardState.Pending, "rule.IneligibleNeedsReason", (c, now) => c.RuleOut(RewardWalk.RewardOfficer, [], now));

    [Fact]
    public void Nothing_is_no_proposal() =>
        Breaks(RewardState.Eligible, "rule.NothingToPropose", (c, now) => c.Propose(RewardWalk.RewardOfficer, RewardWalk.Worth(0), "{}", now));

    [Fact]
    public void A_reward_is_claimed_once()
    {
        Breaks(RewardState.Claimed, "rule.ClaimedAlready", (c, now) => c.Claim(payee: null, now));
        Breaks(RewardState.Paid, "rule.ClaimedAlready", (c, now) => c.Claim(payee: null, now));
    }

    [Fact]
    public void A_reward_is_paid_once() =>
        Breaks(RewardState.Paid, "rule.PaidAlready", (c, now) => c.Pay(RewardWalk.Cashier, [], now));

    [Fact]
    public void Whoever_accepted_or_verified_the_report_may_not_pay()
    {
        Breaks(RewardState.Claimed, "rule.PayerMustBeAnother", (c, now) => c.Pay(RewardWalk.Acceptor, [RewardWalk.Acceptor, RewardWalk.Verifier], now));
        Breaks(RewardState.Claimed, "rule.PayerMustBeAnother", (c, now) => c.Pay(RewardWalk.Verifier, [RewardWalk.Acceptor, RewardWalk.Verifier], now));
    }

    [Fact]
    public void Where_to_pay_is_forgotten_with_the_payment()
    {
        RewardWalk.In(RewardState.Claimed).Claim.SealedPayee.ShouldNotBeNull();
        RewardWalk.In(RewardState.Paid).Claim.SealedPayee.ShouldBeNull();
    }

    [Fact]
    public void A_reward_is_forfeited_when_its_days_are_over_and_not_before()
    {
        Breaks(RewardState.ClaimOpen, "rule.ClaimStillOpen", (c, _) => c.Forfeit(RewardWalk.Due.AddTicks(-1)));
        Breaks(RewardState.ClaimOpen, "rule.ClaimTooLate", (c, _) => c.Claim(payee: null, RewardWalk.Due));

        RewardWalk.In(RewardState.ClaimOpen).Until(RewardWalk.Due.AddTicks(-1)).Do(RewardAction.Claim).Claim.State.ShouldBe(RewardState.Claimed);
        RewardWalk.In(RewardState.ClaimOpen).Until(RewardWalk.Due).Do(RewardAction.Forfeit).Claim.State.ShouldBe(RewardState.Forfeited);
    }

    [Fact]
    public void An_extended_claim_is_open_to_its_new_day()
    {
        Breaks(RewardState.ClaimOpen, "rule.ClaimExtensionInvalid", (c, now) => c.ExtendClaim(RewardWalk.Due, now));

        var walk = RewardWalk.In(RewardState.ClaimOpen).Do(RewardAction.ExtendClaim).Until(RewardWalk.Due.AddDays(29));
        new Action(() => walk.Do(RewardAction.Forfeit)).ShouldBreak("rule.ClaimStillOpen");
        walk.Do(RewardAction.Claim).Claim.State.ShouldBe(RewardState.Claimed);
    }

    [Fact]
    public void Random_acts_are_done_by_one_step_or_refused_by_rule() =>
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 3], Gen.Int[0, 200]).Array[1, 40].Sample(
            tries =>
            {
                var (walk, successes) = (RewardWalk.In(RewardState.Pending), 0);
                foreach (var (pick, kind, hours) in tries)
                {
                    var open = kind > 0 ? RewardWorkflow.Allowed(walk.Claim.State) : Enum.GetValues<RewardAction>();
                    if (open.Count > 0 && Done(walk.Until(walk.Now.AddHours(hours)), open[pick % open.Count]))
                        successes++;
                }

                walk.Claim.Step.ShouldBe(successes);
                walk.Claim.Version.ShouldBe(successes);
            },
            iter: 1000);

    internal static string Snapshot(RewardClaim claim) => JsonSerializer.Serialize(claim);

    /// <summary>A count may end either way, so here it is taken as it comes.</summary>
    private static bool Done(RewardWalk walk, RewardAction act)
    {
        var before = Snapshot(walk.Claim);
        try
        {
            if (act is RewardAction.Approve or RewardAction.Reject)
                walk.Claim.CloseVote(1, 0.5m, 2026, walk.Now);
            else
                walk.Do(act);
            return true;
        }
        catch (RuleBrokenException)
        {
            Snapshot(walk.Claim).ShouldBe(before);
            return false;
        }
    }

    private static void Breaks(RewardState state, string code, Action<RewardClaim, DateTimeOffset> act)
    {
        var walk = RewardWalk.In(state);
        var before = Snapshot(walk.Claim);
        new Action(() => act(walk.Claim, walk.Now)).ShouldBreak(code);
        Snapshot(walk.Claim).ShouldBe(before);
    }
}
