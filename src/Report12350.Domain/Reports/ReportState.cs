namespace Report12350.Domain.Reports;

/// <summary>Where a report (举报件) stands in the procedure.</summary>
public enum ReportState
{
    /// <summary>已收到: number and receipt given, nothing decided.</summary>
    Received,

    /// <summary>不予受理.</summary>
    Declined,

    /// <summary>已移送: passed on to a body outside the county's competence.</summary>
    Transferred,

    /// <summary>已受理.</summary>
    Accepted,

    /// <summary>已转办: with a department that has not signed in yet.</summary>
    Referred,

    /// <summary>退单异议: the department says it is not theirs; the safety-committee office designates.</summary>
    Contested,

    /// <summary>核查中.</summary>
    Verifying,

    /// <summary>核查有结论.</summary>
    Concluded,

    /// <summary>整改中.</summary>
    Rectifying,

    /// <summary>验收中.</summary>
    InCloseOutReview,

    /// <summary>已销号.</summary>
    ClosedOut,

    /// <summary>已办结, nothing to put right.</summary>
    Closed,

    /// <summary>复查中.</summary>
    UnderReexamination,

    /// <summary>已并案.</summary>
    Merged,
}
