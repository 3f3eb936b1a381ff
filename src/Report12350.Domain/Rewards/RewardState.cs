namespace Report12350.Domain.Rewards;

/// <summary>Where a reward (举报奖励) stands.</summary>
public enum RewardState
{
    /// <summary>不申请奖励.</summary>
    NotWanted,

    /// <summary>待评定.</summary>
    Pending,

    /// <summary>不符合条件.</summary>
    Ineligible,

    /// <summary>符合条件.</summary>
    Eligible,

    /// <summary>已提出金额.</summary>
    Proposed,

    /// <summary>委员会表决中.</summary>
    Voting,

    /// <summary>已批准.</summary>
    Approved,

    /// <summary>未批准.</summary>
    Rejected,

    /// <summary>可领取.</summary>
    ClaimOpen,

    /// <summary>已申领.</summary>
    Claimed,

    /// <summary>已发放.</summary>
    Paid,

    /// <summary>视为放弃.</summary>
    Forfeited,

    /// <summary>暂缓: the penalty is under appeal.</summary>
    Suspended,
}

/// <summary>Everything that can be done about a reward.</summary>
public enum RewardAction
{
    /// <summary>评定符合条件.</summary>
    Assess,

    /// <summary>评定不符合条件.</summary>
    RuleOut,

    /// <summary>重新评定, after a conclusion was overturned.</summary>
    Reopen,

    /// <summary>复查撤销结论, 重新开始: done by the procedure, by nobody in particular.</summary>
    StartOver,

    /// <summary>提出金额.</summary>
    Propose,

    /// <summary>提交表决.</summary>
    OpenVote,

    /// <summary>投票.</summary>
    Vote,

    /// <summary>回避.</summary>
    Recuse,

    /// <summary>表决通过.</summary>
    Approve,

    /// <summary>表决不通过.</summary>
    Reject,

    /// <summary>发出领奖通知.</summary>
    Notify,

    /// <summary>领奖.</summary>
    Claim,

    /// <summary>延长领奖期限.</summary>
    ExtendClaim,

    /// <summary>发放.</summary>
    Pay,

    /// <summary>视为放弃.</summary>
    Forfeit,

    /// <summary>暂缓.</summary>
    Suspend,

    /// <summary>恢复.</summary>
    Resume,
}

/// <summary>不予奖励的情形, 安监总财〔2018〕19号.</summary>
public enum IneligibleReason
{
    /// <summary>负有监管职责的人员.</summary>
    DutyHolder,

    /// <summary>其近亲属或受其授意.</summary>
    RelatedToDutyHolder,

    /// <summary>单位或监管部门已发现并在处理.</summary>
    AlreadyKnown,

    /// <summary>未查实.</summary>
    NotSubstantiated,

    /// <summary>捏造.</summary>
    Fabricated,

    /// <summary>不是最先受理的举报.</summary>
    NotFirstAccepted,
}

/// <summary>表决意见.</summary>
public enum Ballot
{
    Approve,
    Reject,
    Abstain,
    Recused,
}
