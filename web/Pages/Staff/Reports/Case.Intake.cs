using Microsoft.AspNetCore.Mvc;
using Report12350.Domain.Reports;
using Report12350.Duplicates;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Routing;
using Report12350.Tracking;

namespace Report12350.Web.Pages.Staff.Reports;

/// <content>受理, 转办, 并案, and what can be written at any time.</content>
public sealed partial class CaseModel
{
    public Task<IActionResult> OnPostAcceptAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Accept, (ReportId id) => new AcceptReport(id, Version), cancellationToken);

    public Task<IActionResult> OnPostDeclineAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Decline, opened => new DeclineReport(opened, Version, Form.Decline.Reason, Form.Decline.Explanation ?? ""), cancellationToken);

    public Task<IActionResult> OnPostTransferAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Transfer, opened => new TransferReport(opened, Version, Form.Transfer.To ?? "", Form.Transfer.Explanation), cancellationToken);

    public Task<IActionResult> OnPostReferAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Refer, opened => new ReferReport(opened, Version, Form.Refer.Lead ?? "", Form.Refer.Assist, Form.Refer.Reason), cancellationToken);

    public Task<IActionResult> OnPostDesignateAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Designate, opened => new DesignateDepartment(opened, Version, Form.Designate.Lead ?? "", Form.Designate.Assist, Form.Designate.Reason), cancellationToken);

    public Task<IActionResult> OnPostContestAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Contest, opened => new ContestReferral(opened, Version, Form.Contest.Reason ?? ""), cancellationToken);

    public Task<IActionResult> OnPostSignInAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.SignIn, (ReportId id) => new SignInReport(id, Version), cancellationToken);

    public Task<IActionResult> OnPostMergeAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Merge, (ReportId id) => new MergeReport(id, Version, Form.Merge.Into ?? ""), cancellationToken);

    public Task<IActionResult> OnPostLinkAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.Link, opened => new LinkReport(opened, Version, Form.Link.To ?? ""), cancellationToken);

    public Task<IActionResult> OnPostReplyToReporterAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.ReplyToReporter, opened => new ReplyToReporter(opened, Version, Form.ReplyToReporter.Html ?? ""), cancellationToken);

    public Task<IActionResult> OnPostAddNoteAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.AddNote, opened => new AddNote(opened, Version, Form.AddNote.Text ?? ""), cancellationToken);

    public Task<IActionResult> OnPostAddEvidenceAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.AddEvidence, opened => new AddStaffEvidence(opened, Version, Form.AddEvidence.Purpose, Sent(Form.AddEvidence.Files)), cancellationToken);
}
