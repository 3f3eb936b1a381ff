using Report12350.Domain.Deadlines;

namespace Report12350.Domain.Reports;

/// <summary>Conditions on an act beyond the state: who may not, what must have happened first.</summary>
internal static class ReportGuards
{
    public static string? Refusal(Report report, ReportAction action, Actor? actor) => action switch
    {
        _ when report.ErasureDecidedAt is not null => "rule.BeingErased",
        ReportAction.Accept or ReportAction.Decline when report.OutsideCounty => "rule.OutsideCounty",
        ReportAction.SignIn or ReportAction.RecordVerification or ReportAction.Conclude when Is(actor, report.AcceptedBy) => "rule.AcceptorMayNotVerify",
        ReportAction.SignIn or ReportAction.RecordVerification or ReportAction.Conclude when Excluded(report, actor) => "rule.AnotherOfficerMustVerify",
        ReportAction.RecordVerification or ReportAction.Conclude when OthersWork(report, actor) => "rule.NotYourVerification",
        ReportAction.Conclude when report.VerificationRecords.All(r => r.Round != report.VerificationRound) => "rule.VerificationRecordMissing",
        ReportAction.Extend when report.Extended => "rule.ExtendedAlready",
        ReportAction.PauseClock when report.ClockOf(ClockKind.Verify)?.PausedAt is not null => "rule.ClockPausedAlready",
        ReportAction.ResumeClock when report.ClockOf(ClockKind.Verify)?.PausedAt is null => "rule.ClockNotPaused",
        ReportAction.OrderRectification when !report.IsSubstantiated => "rule.NothingToRectify",
        ReportAction.Close when report.IsSubstantiated => "rule.RectificationFirst",
        ReportAction.Close when report.Finding is Finding.Inconclusive => "rule.ReverificationFirst",
        ReportAction.Close when report is { FeedbackAt: null, WithdrawnAt: null } => "rule.FeedbackFirst",
        ReportAction.OrganiseReverification when report.Finding is not Finding.Inconclusive => "rule.OnlyInconclusive",
        ReportAction.SubmitForCloseOut when report.RectificationItems.Count == 0 => "rule.NoRectificationItems",
        ReportAction.SubmitForCloseOut when report.RectificationItems.Any(i => i.CompletedOn is null) => "rule.ItemsOpen",
        ReportAction.CompleteRectificationItem or ReportAction.ExtendRectificationItem when report.RectificationItems.All(i => i.CompletedOn is not null) => "rule.NoOpenItems",
        ReportAction.PassCloseOut or ReportAction.FailCloseOut when Is(actor, report.VerifiedBy) => "rule.VerifierMayNotReview",
        ReportAction.GiveFeedback or ReportAction.ReplyToReporter when report.WithdrawnAt is not null => "rule.ReporterWithdrew",
        ReportAction.Object when report.FeedbackAt is null || report.WithdrawnAt is not null => "rule.NoFeedbackYet",
        ReportAction.Object when report.ClockOf(ClockKind.Objection) is null => "rule.ObjectionUsed",
        ReportAction.Withdraw when report.WithdrawnAt is not null => "rule.WithdrawnAlready",
        ReportAction.Withdraw when report.FeedbackAt is not null => "rule.TooLateToWithdraw",
        ReportAction.ListForSupervision when report.Supervision is not null => "rule.ListedAlready",
        ReportAction.TakeSupervisionStep or ReportAction.Delist when report.Supervision is null => "rule.NotListed",
        ReportAction.RequestReveal when report.Anonymity is not Anonymity.Named => "rule.ReporterAnonymous",
        ReportAction.TakeSupervisionStep when report.Supervision is SupervisionStep.Exposure => "rule.LadderAtTop",
        _ => null,
    };

    /// <summary>What the county's rules and the day refuse, beyond the state.</summary>
    public static string? Refusal(Report report, ReportAction action, ClockRules rules, DateTimeOffset now) => action switch
    {
        ReportAction.PauseClock when !rules.PausableClocks.Contains(ClockKind.Verify) => "rule.PauseNotProvided",
        ReportAction.Contest when report.ClockOf(ClockKind.Contest)?.DueAt <= now => "rule.ContestTooLate",
        ReportAction.Object when report.ClockOf(ClockKind.Objection)?.DueAt <= now => "rule.ObjectionTooLate",
        _ => null,
    };

    private static bool Is(Actor? actor, Guid? person) => actor?.StaffId is { } id && id == person;

    private static bool Excluded(Report report, Actor? actor) => actor?.StaffId is { } id && report.ExcludedOfficers.Contains(id);

    private static bool OthersWork(Report report, Actor? actor) =>
        actor?.StaffId is { } id && report.Officer is { } officer && officer != id;
}
