using Report12350.Domain.Deadlines;
using Stateless;
using static Report12350.Domain.Reports.ReportAction;
using static Report12350.Domain.Reports.ReportState;

namespace Report12350.Domain.Reports;

/// <summary>One line of the procedure: in this state this act is open, leads there, and this article says so.</summary>
/// <param name="To">Null: back to the state the objection came from.</param>
public sealed record ReportEdge(ReportState From, ReportAction Action, ReportState? To, string Article);

/// <summary>The report's procedure (举报办理流程) as one table. A refusal is always aloud: <see cref="RuleBrokenException"/>.</summary>
public static class ReportWorkflow
{
    private const string Opinion = "应急〔2023〕106号";
    private const string Law = "安全生产法";
    private const string Petition = "信访工作条例(类推)";
    private const string Order16 = "总局令16号";
    private const string Plan = "县三年行动方案";
    private const string Penalty = "行政处罚法";
    private const string Design = "产品规则";

    /// <summary>States in which work is still to be done.</summary>
    public static readonly IReadOnlyList<ReportState> Open =
        [Received, Accepted, Referred, Contested, Verifying, Concluded, Rectifying, InCloseOutReview, UnderReexamination];

    public static readonly IReadOnlyList<ReportEdge> Edges =
    [
        new(Received, Accept, Accepted, $"{Opinion} 受理"),
        new(Received, Decline, Declined, $"{Opinion} 不予受理情形"),
        new(Received, Transfer, Transferred, $"{Law}第73条第1款"),
        new(Accepted, Refer, Referred, $"{Law}第10条、第73条"),
        new(Accepted, Transfer, Transferred, $"{Law}第73条第1款"),
        new(Referred, SignIn, Verifying, $"{Opinion} 交办"),
        new(Referred, Contest, Contested, $"{Law}第10条"),
        new(Contested, Designate, Referred, $"{Law}第10条"),
        new(Contested, Transfer, Transferred, $"{Law}第73条第1款"),
        new(Verifying, RecordVerification, Verifying, $"{Law}第73条、第78条"),
        new(Verifying, Extend, Verifying, $"{Opinion} 60日,延长不超过30日"),
        new(Verifying, PauseClock, Verifying, $"{Design} 由辖区配置允许"),
        new(Verifying, ResumeClock, Verifying, $"{Design} 由辖区配置允许"),
        new(Verifying, Conclude, Concluded, $"{Law}第73条"),
        new(Concluded, OrganiseReverification, Verifying, $"{Opinion} 无法查清的由县级政府组织"),
        new(Concluded, OrderRectification, Rectifying, $"{Law}第41条、第65条"),
        new(Concluded, Close, Closed, $"{Opinion} 办结"),
        new(Rectifying, AddRectificationItem, Rectifying, $"{Order16} 清单制"),
        new(Rectifying, CompleteRectificationItem, Rectifying, $"{Order16} 清单制"),
        new(Rectifying, ExtendRectificationItem, Rectifying, $"{Order16} 清单制"),
        new(Rectifying, SubmitForCloseOut, InCloseOutReview, $"{Order16} 申请验收"),
        new(InCloseOutReview, PassCloseOut, ClosedOut, $"{Plan}第5项 审核把关销号"),
        new(InCloseOutReview, FailCloseOut, Rectifying, $"{Plan}第5项 审核把关销号"),
        new(Concluded, ReportAction.Object, UnderReexamination, $"{Petition} 复查"),
        new(ClosedOut, ReportAction.Object, UnderReexamination, $"{Petition} 复查"),
        new(Closed, ReportAction.Object, UnderReexamination, $"{Petition} 复查"),
        new(UnderReexamination, Uphold, null, $"{Petition} 复查30日内"),
        new(UnderReexamination, Overturn, Verifying, $"{Petition} 复查30日内"),
        .. Within([Concluded, Rectifying, InCloseOutReview, ClosedOut, Closed], GiveFeedback, $"{Opinion} 反馈四项内容"),
        .. Within([Verifying, Concluded, Rectifying, InCloseOutReview], ListForSupervision, $"{Plan}第5项 挂牌督办"),
        .. Within([Verifying, Concluded, Rectifying, InCloseOutReview], TakeSupervisionStep, $"{Plan}第5项 函告通报约谈曝光"),
        .. Within([Verifying, Concluded, Rectifying, InCloseOutReview, ClosedOut, Closed], Delist, $"{Plan}第5项 摘牌"),
        .. Open.Select(state => new ReportEdge(state, Merge, Merged, $"{Opinion} 并案")),
        .. Within(Enum.GetValues<ReportState>(), Link, $"{Design} 关联"),
        .. Within(Open.Where(state => state is not UnderReexamination), Withdraw, $"{Petition} 答复前撤回"),
        .. Within(Open, AddEvidence, $"{Design} 补充材料"),
        .. Within(Enum.GetValues<ReportState>(), WriteToOfficers, $"{Design} 双向沟通"),
        .. Within(Enum.GetValues<ReportState>(), ReplyToReporter, $"{Design} 双向沟通"),
        .. Within(Enum.GetValues<ReportState>(), AddNote, $"{Design} 内部备注"),
        .. Within(Enum.GetValues<ReportState>(), BlockOfficer, $"{Penalty}第43条 回避"),
        .. Within(Enum.GetValues<ReportState>(), DeclareConflict, $"{Penalty}第43条 回避"),
        .. Within(Enum.GetValues<ReportState>(), LiftBlock, $"{Penalty}第43条 回避"),
        .. Within(Enum.GetValues<ReportState>(), RequestReveal, $"{Opinion} 为举报人保密"),
        .. Within(Enum.GetValues<ReportState>(), Mask, $"{Opinion} 为举报人保密"),
        .. Within(Enum.GetValues<ReportState>(), FixMasks, $"{Opinion} 为举报人保密"),
        .. Within(Enum.GetValues<ReportState>(), ShareMasked, $"{Opinion} 为举报人保密"),
    ];

    private static readonly ILookup<(ReportState, ReportAction), ReportEdge> Table = Edges.ToLookup(e => (e.From, e.Action));

    /// <summary>Acts open now, whoever asks; with an actor, those that this person is not excluded from.</summary>
    public static IReadOnlyList<ReportAction> Allowed(Report report, Actor? actor = null) =>
        [.. Enum.GetValues<ReportAction>().Where(action => Refusal(report, action, actor) is null)];

    public static string ArticleOf(ReportState from, ReportAction action) =>
        Table[(from, action)].FirstOrDefault()?.Article ?? throw new RuleBrokenException("rule.NotAllowedInState", from, action);

    /// <summary>Key of the text that says why the act is refused; null when it is open.</summary>
    public static string? Refusal(Report report, ReportAction action, Actor? actor) =>
        Table.Contains((report.State, action)) ? ReportGuards.Refusal(report, action, actor) : "rule.NotAllowedInState";

    /// <summary>The same with what the county's rules and the day say: an act that is offered is never refused for them.</summary>
    public static string? Refusal(Report report, ReportAction action, Actor? actor, ClockRules rules, DateTimeOffset now) =>
        Refusal(report, action, actor) ?? ReportGuards.Refusal(report, action, rules, now);

    /// <summary>Refuses aloud, before anything is looked at or changed.</summary>
    internal static void Require(Report report, ReportAction action, Actor actor)
    {
        if (Refusal(report, action, actor) is { } code)
            throw new RuleBrokenException(code, report.State, action);
    }

    internal static void Fire(Report report, ReportAction action, Actor actor, Action<ReportState> store)
    {
        Require(report, action, actor);
        Machine(report, store).Fire(action);
    }

    private static StateMachine<ReportState, ReportAction> Machine(Report report, Action<ReportState> store)
    {
        var machine = new StateMachine<ReportState, ReportAction>(() => report.State, store);
        foreach (var edge in Edges.Where(e => e.From == report.State))
        {
            var from = machine.Configure(edge.From);
            if (edge.To is null)
                from.PermitDynamic(edge.Action, () => report.ReturnTo!.Value);
            else if (edge.To == edge.From)
                from.PermitReentry(edge.Action);
            else
                from.Permit(edge.Action, edge.To.Value);
        }

        return machine;
    }

    private static IEnumerable<ReportEdge> Within(IEnumerable<ReportState> states, ReportAction action, string article) =>
        states.Select(state => new ReportEdge(state, action, state, article));
}
