namespace Report12350.Domain.Reports;

/// <summary>Everything that can be done to a report once it is filed.</summary>
public enum ReportAction
{
    /// <summary>受理.</summary>
    Accept,

    /// <summary>不予受理.</summary>
    Decline,

    /// <summary>移送 out of the county's competence.</summary>
    Transfer,

    /// <summary>转办 to a county department.</summary>
    Refer,

    /// <summary>签收.</summary>
    SignIn,

    /// <summary>退单异议.</summary>
    Contest,

    /// <summary>指定 by the safety-committee office.</summary>
    Designate,

    /// <summary>核查笔录.</summary>
    RecordVerification,

    /// <summary>延期.</summary>
    Extend,

    /// <summary>中止计时.</summary>
    PauseClock,

    /// <summary>恢复计时.</summary>
    ResumeClock,

    /// <summary>作出核查结论.</summary>
    Conclude,

    /// <summary>提请县政府组织重新核查.</summary>
    OrganiseReverification,

    /// <summary>责令整改.</summary>
    OrderRectification,

    /// <summary>增加整改事项.</summary>
    AddRectificationItem,

    /// <summary>整改事项完成.</summary>
    CompleteRectificationItem,

    /// <summary>整改事项延期.</summary>
    ExtendRectificationItem,

    /// <summary>申请验收.</summary>
    SubmitForCloseOut,

    /// <summary>验收通过, 销号.</summary>
    PassCloseOut,

    /// <summary>验收不通过.</summary>
    FailCloseOut,

    /// <summary>办结.</summary>
    Close,

    /// <summary>反馈 to the reporter, in four parts.</summary>
    GiveFeedback,

    /// <summary>异议.</summary>
    Object,

    /// <summary>复查维持.</summary>
    Uphold,

    /// <summary>复查撤销.</summary>
    Overturn,

    /// <summary>撤回.</summary>
    Withdraw,

    /// <summary>并案.</summary>
    Merge,

    /// <summary>关联 with a report about something else.</summary>
    Link,

    /// <summary>挂牌督办.</summary>
    ListForSupervision,

    /// <summary>督办措施.</summary>
    TakeSupervisionStep,

    /// <summary>摘牌.</summary>
    Delist,

    /// <summary>回复举报人.</summary>
    ReplyToReporter,

    /// <summary>举报人留言.</summary>
    WriteToOfficers,

    /// <summary>内部备注.</summary>
    AddNote,

    /// <summary>补充证据.</summary>
    AddEvidence,

    /// <summary>指令回避: somebody named in the report, or tied to the unit, is kept out of the matter.</summary>
    BlockOfficer,

    /// <summary>自行回避.</summary>
    DeclareConflict,

    /// <summary>解除回避.</summary>
    LiftBlock,

    /// <summary>申请查看举报人身份.</summary>
    RequestReveal,

    /// <summary>遮盖 what others must not see.</summary>
    Mask,

    /// <summary>确认遮盖, by another person and for good.</summary>
    FixMasks,

    /// <summary>对外提供 of the masked report.</summary>
    ShareMasked,
}
