using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Report12350.Conflicts;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Identity;
using Report12350.Tracking;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Reports;

/// <content>回避, 查看举报人身份.</content>
public sealed partial class CaseModel
{
    public Task<IActionResult> OnPostBlockOfficerAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.BlockOfficer, opened => new BlockOfficer(opened, Version, Form.BlockOfficer.Officer, Form.BlockOfficer.Reason ?? ""), cancellationToken);

    public Task<IActionResult> OnPostDeclareConflictAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.DeclareConflict, opened => new DeclareConflict(opened, Version, Form.DeclareConflict.Reason), cancellationToken);

    public Task<IActionResult> OnPostLiftBlockAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.LiftBlock, opened => new LiftBlock(opened, Version, Form.LiftBlock.Officer, Form.LiftBlock.Reason ?? ""), cancellationToken);

    public Task<IActionResult> OnPostRequestRevealAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.RequestReveal, (ReportId id) => new RequestReveal(id, Version, Form.RequestReveal.Reason, Form.RequestReveal.Why), cancellationToken);

    public IEnumerable<SelectListItem> RevealReasons() => Choice.Of<RevealReason>(texts);

    public IEnumerable<SelectListItem> Colleagues(bool blocked) =>
        Case.Colleagues.Where(c => c.Blocked == blocked).Select(c => new SelectListItem(NameOf(c), c.Id.ToString()));

    public string NameOf(CaseColleague colleague) => $"{colleague.Name} · {profile.DepartmentName(colleague.Department, texts)}";
}
