using Microsoft.AspNetCore.Mvc;
using Report12350.Domain.Reports;
using Report12350.Verification;

namespace Report12350.Web.Pages.Staff.Reports;

/// <content>核查, 结论, 反馈, 复查, 督办.</content>
public sealed partial class CaseModel
{
    public Task<IActionResult> OnPostRecordVerificationAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.RecordVerification, opened => new RecordVerification(opened, Version, Form.RecordVerification.Record), cancellationToken);

    public Task<IActionResult> OnPostExtendAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Extend, opened => new ExtendVerification(opened, Version, Form.Extend.Days ?? 0, Form.Extend.Reason ?? ""), cancellationToken);

    public Task<IActionResult> OnPostPauseClockAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.PauseClock, opened => new PauseClock(opened, Version, Form.PauseClock.Reason ?? ""), cancellationToken);

    public Task<IActionResult> OnPostResumeClockAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.ResumeClock, (ReportId id) => new ResumeClock(id, Version), cancellationToken);

    public Task<IActionResult> OnPostConcludeAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Conclude, opened => new ConcludeVerification(opened, Version, Form.Conclude.Finding, Form.Conclude.FoundKind, Form.Conclude.Facts ?? ""), cancellationToken);

    public Task<IActionResult> OnPostOrganiseReverificationAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.OrganiseReverification, opened => new OrganiseReverification(opened, Version, Form.OrganiseReverification.Reason), cancellationToken);

    public Task<IActionResult> OnPostGiveFeedbackAsync(string number, CancellationToken cancellationToken)
    {
        var form = Form.GiveFeedback;
        return ActAsync(
            number,
            ReportAction.GiveFeedback,
            opened => new GiveFeedback(opened, Version, form.Conclusion ?? "", form.Facts ?? "", form.Decision ?? "", form.RewardEligibility ?? ""),
            cancellationToken);
    }

    public Task<IActionResult> OnPostCloseAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Close, (ReportId id) => new CloseReport(id, Version), cancellationToken);

    public Task<IActionResult> OnPostUpholdAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Uphold, opened => new UpholdConclusion(opened, Version, Form.Uphold.Decision ?? ""), cancellationToken);

    public Task<IActionResult> OnPostOverturnAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Overturn, opened => new OverturnConclusion(opened, Version, Form.Overturn.Decision ?? ""), cancellationToken);

    public Task<IActionResult> OnPostListForSupervisionAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.ListForSupervision, opened => new ListForSupervision(opened, Version, Form.ListForSupervision.Reason), cancellationToken);

    public Task<IActionResult> OnPostTakeSupervisionStepAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.TakeSupervisionStep, opened => new TakeSupervisionStep(opened, Version, Form.TakeSupervisionStep.Step, Form.TakeSupervisionStep.Text), cancellationToken);

    public Task<IActionResult> OnPostDelistAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Delist, opened => new DelistReport(opened, Version, Form.Delist.Reason), cancellationToken);
}
