using Microsoft.AspNetCore.Mvc.Rendering;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Tracking;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Reports;

/// <content>What the forms offer and how the history is worded.</content>
public sealed partial class CaseModel
{
    public DateOnly Today => texts.Today;

    public ClockRules Rules => profile.Clocks.On(Case.Report.FiledOn);

    public bool SendsFiles(ReportAction action) =>
        action is ReportAction.CompleteRectificationItem or ReportAction.PassCloseOut or ReportAction.AddEvidence;

    public IEnumerable<SelectListItem> Departments() =>
        profile.Departments.Where(d => d.Id != profile.ReexaminationBody).Select(d => new SelectListItem(profile.DepartmentName(d.Id, texts), d.Id));

    /// <summary>The departments of the rule first.</summary>
    public IEnumerable<SelectListItem> Assistants() =>
        Departments().OrderBy(item => Case.Advice.Assist.Contains(item.Value) ? 0 : 1);

    public IEnumerable<SelectListItem> OpenItems() =>
        Case.Items.Where(i => i.CompletedOn is null).Select(i => new SelectListItem($"{i.No}. {Shortened(i.Content.Measure)}", i.Id.ToString()));

    public IEnumerable<SelectListItem> Criteria() =>
        Case.Criteria.Select(m => new Choice(m.Criterion.Id, m.Criterion.Title, texts["casework.criterion.why", texts.Listed(m.MatchedKeywords)]));

    public IEnumerable<SelectListItem> Findings() => Choice.Of<Finding>(texts);

    public IEnumerable<SelectListItem> Kinds() => Choice.Of<MatterKind>(texts);

    public IEnumerable<SelectListItem> DeclineReasons() => Choice.Of<DeclineReason>(texts);

    public IEnumerable<SelectListItem> Steps() =>
        Choice.Of<SupervisionStep>(texts).Where(c => Enum.Parse<SupervisionStep>(c.Value) > (Case.Report.Supervision ?? SupervisionStep.Listed));

    public IEnumerable<SelectListItem> Purposes() =>
        Choice.Of<EvidencePurpose>(texts).Where(c => c.Value is not nameof(EvidencePurpose.Report));

    /// <summary>What an entry of the history decided, in words.</summary>
    public string? FactOf(CaseEvent entry) => entry is not { Fact: { } fact } ? null : entry.Act switch
    {
        nameof(ReportAction.Decline) => texts[$"decline.{fact}"],
        nameof(ReportAction.Conclude) => texts[$"finding.{fact}"],
        nameof(ReportAction.TakeSupervisionStep) => texts[$"supervision.{fact}"],
        nameof(ReportAction.Refer) or nameof(ReportAction.Designate) or nameof(ReportAction.Contest) or nameof(ReportAction.SignIn)
            or nameof(ReportAction.OrganiseReverification) => profile.DepartmentName(fact, texts),
        nameof(ReportAction.Extend) or nameof(ReportAction.ExtendRectificationItem)
            when DateOnly.TryParseExact(fact, "yyyy-MM-dd", out var day) => texts["casework.until", day],
        nameof(ReportAction.OrderRectification) => texts["casework.items", fact],
        nameof(ReportAction.CompleteRectificationItem) => texts["casework.item", fact],
        nameof(ReportAction.AddEvidence) => texts["casework.files", fact],
        nameof(ReportAction.RequestReveal) => texts[$"reveal-reason.{fact}"],
        _ => fact,
    };

    public string ActOf(CaseEvent entry) => entry.Act == "File" ? texts["casework.act.File"] : texts[$"action.{entry.Act}"];

    /// <summary>Staff acts to the minute; the reporter's by day, so that nobody can tell when they were at a screen.</summary>
    public string When(CaseEvent entry) => entry.Actor is ActorKind.Reporter ? texts.Day(profile.DayOf(entry.At)) : texts.Moment(entry.At);

    public string Who(CaseEvent entry) => entry.Actor is ActorKind.Staff
        ? $"{profile.DepartmentName(entry.Department, texts)} {entry.By}"
        : texts.Word(entry.Actor);

    private static string Shortened(string text) => text.Length <= 24 ? text : text[..24] + "…";

    private void Prefill()
    {
        if (Tried is not ReportAction.Refer)
            Form.Refer = new ReferralForm { Lead = Case.Advice.Lead, Assist = [.. Case.Advice.Assist] };
        if (Tried is not ReportAction.Designate)
            Form.Designate = new ReferralForm { Lead = Case.Advice.Lead, Assist = [.. Case.Advice.Assist] };
        if (Tried is not ReportAction.Transfer)
            Form.Transfer.To = profile.FindTown(Case.Report.Town)?.ManagedBy;
        if (Tried is not ReportAction.RecordVerification)
            Form.RecordVerification.Record = new() { VisitedOn = Today, Officers = staff.DisplayName };
        if (Tried is not ReportAction.Conclude)
            Form.Conclude.FoundKind = Case.Report.Kind;
        if (Tried is not ReportAction.GiveFeedback && Case.Report.Finding is { } finding)
            Form.GiveFeedback.Conclusion = texts.Word(finding);
        while (Form.OrderRectification.Items.Count < OrderForm.Lines)
            Form.OrderRectification.Items.Add(new MeasureForm());
    }
}
