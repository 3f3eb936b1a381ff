using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;
using static Report12350.Domain.Reports.ReportAction;

namespace Report12350.Tracking;

/// <summary>What a person can do to a report now (可办事项), in the order in which the procedure wants it; masking has a page of its own.</summary>
internal static class CaseTasks
{
    /// <summary>What moves a report on, first; the rest follow in the order of the procedure.</summary>
    private static readonly ReportAction[] First =
    [
        Accept, Refer, Designate, ReportAction.SignIn, Conclude, RecordVerification, OrderRectification, OrganiseReverification, Close, GiveFeedback,
        SubmitForCloseOut, CompleteRectificationItem, PassCloseOut, FailCloseOut, Uphold, Overturn, Transfer, Decline,
    ];

    public static IReadOnlyList<CaseTask> Of(Person person, Report report, IReadOnlyList<CaseClock> clocks, ClockRules rules, DateTimeOffset now) =>
        [.. Permissions.AllowedTo(person, report, rules, now).Where(action => action is not (Mask or FixMasks or ShareMasked))
            .OrderBy(action => PlaceOf(action, report))
            .Select(action => new CaseTask(action, ReportWorkflow.ArticleOf(report.State, action), clocks.FirstOrDefault(c => c.Kind == ClockOf(action))))];

    /// <summary>Feedback that was given can be given again, but nobody waits for it.</summary>
    private static int PlaceOf(ReportAction action, Report report) =>
        action is GiveFeedback && report.FeedbackAt is not null ? First.Length
        : Array.IndexOf(First, action) is >= 0 and var place ? place
        : First.Length + 1;

    private static ClockKind? ClockOf(ReportAction action) => action switch
    {
        Accept or Decline or Transfer => ClockKind.Accept,
        Contest => ClockKind.Contest,
        Refer or Designate or ReportAction.SignIn or RecordVerification or Conclude or Extend => ClockKind.Verify,
        GiveFeedback => ClockKind.Feedback,
        CompleteRectificationItem or SubmitForCloseOut => ClockKind.Rectify,
        PassCloseOut or FailCloseOut => ClockKind.CloseOutReview,
        Uphold or Overturn => ClockKind.Reexamine,
        _ => null,
    };
}
