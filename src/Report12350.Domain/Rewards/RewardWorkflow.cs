using Stateless;
using static Report12350.Domain.Rewards.RewardAction;
using static Report12350.Domain.Rewards.RewardState;

namespace Report12350.Domain.Rewards;

/// <summary>One line of the reward's procedure, with its article.</summary>
public sealed record RewardEdge(RewardState From, RewardAction Action, RewardState To, string Article);

/// <summary>The reward's procedure (奖励办理流程), beside the report's since it waits on other things.</summary>
public static class RewardWorkflow
{
    private const string Measures = "安监总财〔2018〕19号";
    private const string Plan = "县三年行动方案第19项";
    private const string Design = "产品规则";

    /// <summary>What rested on a conclusion falls with it; a promise made to the reporter does not.</summary>
    public static readonly IReadOnlyList<RewardState> StartedOver = [Eligible, Proposed, Suspended, Voting, Approved];

    public static readonly IReadOnlyList<RewardEdge> Edges =
    [
        new(Pending, Assess, Eligible, $"{Measures} 奖励条件"),
        new(Pending, RuleOut, Ineligible, $"{Measures} 不予奖励情形"),
        new(Ineligible, Reopen, Pending, $"{Design} 复查撤销原结论后"),
        .. StartedOver.Select(state => new RewardEdge(state, StartOver, Pending, $"{Design} 复查撤销原结论")),
        new(Eligible, Propose, Proposed, $"{Measures} 奖励标准"),
        new(Eligible, RuleOut, Ineligible, $"{Design} 评定后发现不予奖励情形"),
        new(Proposed, RuleOut, Ineligible, $"{Design} 评定后发现不予奖励情形"),
        new(Proposed, Propose, Proposed, $"{Measures} 奖励标准"),
        new(Proposed, OpenVote, Voting, $"{Plan} 奖励审批"),
        new(Voting, Vote, Voting, $"{Plan} 奖励审批"),
        new(Voting, Recuse, Voting, $"{Plan} 奖励审批"),
        new(Voting, Approve, Approved, $"{Plan} 奖励审批"),
        new(Voting, Reject, Rejected, $"{Plan} 奖励审批"),
        new(Approved, Notify, ClaimOpen, $"{Measures} 领奖通知"),
        new(ClaimOpen, Claim, Claimed, $"{Measures} 60日内领取"),
        new(ClaimOpen, ExtendClaim, ClaimOpen, $"{Measures} 正当理由延长"),
        new(ClaimOpen, Forfeit, Forfeited, $"{Measures} 逾期视为放弃"),
        new(Claimed, Pay, Paid, $"{Measures} 发放"),
        new(Eligible, Suspend, Suspended, $"{Measures} 处罚未生效"),
        new(Proposed, Suspend, Suspended, $"{Measures} 处罚未生效"),
        new(Suspended, Resume, Eligible, $"{Measures} 按生效处罚计算"),
    ];

    private static readonly ILookup<(RewardState, RewardAction), RewardEdge> Table = Edges.ToLookup(e => (e.From, e.Action));

    public static IReadOnlyList<RewardAction> Allowed(RewardState state) =>
        [.. Enum.GetValues<RewardAction>().Where(action => Table.Contains((state, action)))];

    public static string ArticleOf(RewardState from, RewardAction action) =>
        Table[(from, action)].FirstOrDefault()?.Article ?? throw new RuleBrokenException("rule.RewardNotAllowedInState", from, action);

    /// <summary>Refuses aloud, before anything is looked at or changed.</summary>
    internal static void Require(RewardState state, RewardAction action)
    {
        if (!Table.Contains((state, action)))
            throw new RuleBrokenException("rule.RewardNotAllowedInState", state, action);
    }

    internal static void Fire(RewardState state, RewardAction action, Action<RewardState> store)
    {
        Require(state, action);
        var machine = new StateMachine<RewardState, RewardAction>(() => state, store);
        foreach (var edge in Edges.Where(e => e.From == state))
        {
            if (edge.To == edge.From)
                machine.Configure(edge.From).PermitReentry(edge.Action);
            else
                machine.Configure(edge.From).Permit(edge.Action, edge.To);
        }

        machine.Fire(action);
    }
}
