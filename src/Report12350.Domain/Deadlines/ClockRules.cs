using Report12350.Domain.Access;

namespace Report12350.Domain.Deadlines;

/// <summary>The clocks (时限) a report is under, one for each step that the law or the county has given a length.</summary>
public enum ClockKind
{
    /// <summary>受理.</summary>
    Accept,

    /// <summary>退单异议.</summary>
    Contest,

    /// <summary>核查办结.</summary>
    Verify,

    /// <summary>反馈.</summary>
    Feedback,

    /// <summary>提出异议.</summary>
    Objection,

    /// <summary>整改: each item has its own date.</summary>
    Rectify,

    /// <summary>验收.</summary>
    CloseOutReview,

    /// <summary>复查.</summary>
    Reexamine,

    /// <summary>领奖.</summary>
    Claim,
}

/// <summary>How long each clock (时限) runs in a county, as its profile says from a given date on.</summary>
public sealed record ClockRules
{
    public int AcceptDays { get; init; } = 15;

    public int UrgentAcceptHours { get; init; } = 24;

    public int ContestWorkingDays { get; init; } = 5;

    public int VerifyDays { get; init; } = 60;

    public int ExtensionMaxDays { get; init; } = 30;

    public Role ExtensionApprover { get; init; } = Role.DepartmentLead;

    public int FeedbackDays { get; init; } = 10;

    public int ObjectionDays { get; init; } = 10;

    public int ReexaminationDays { get; init; } = 30;

    public int CloseOutReviewDays { get; init; } = 10;

    public int ClaimDays { get; init; } = 60;

    public int WarnDaysBefore { get; init; } = 3;

    public IReadOnlySet<ClockKind> PausableClocks { get; init; } = new HashSet<ClockKind>();
}
