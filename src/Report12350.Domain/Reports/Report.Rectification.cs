using Report12350.Domain.Deadlines;
using Report12350.Domain.Rectification;

namespace Report12350.Domain.Reports;

/// <summary>A measure ordered (整改措施), its particulars sealed.</summary>
public sealed record OrderedItem(DateOnly DueOn, Sealed Details);

/// <content>整改, 验收, 销号.</content>
public sealed partial class Report
{
    public void OrderRectification(Actor by, IReadOnlyList<OrderedItem> items, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.OrderRectification, by);
        if (items.Count == 0)
            throw new RuleBrokenException("rule.NoRectificationItems");
        RequireNotPast(items, now, deadlines);
        Do(ReportAction.OrderRectification, by, now, fact: items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var item in items)
            Add(item);
        RunRectifyClock(now, deadlines);
    }

    public void AddRectificationItem(Actor by, OrderedItem item, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.AddRectificationItem, by);
        RequireNotPast([item], now, deadlines);
        Do(ReportAction.AddRectificationItem, by, now);
        Add(item);
        RunRectifyClock(now, deadlines);
    }

    public void CompleteRectificationItem(Actor by, Guid itemId, byte[] outcome, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.CompleteRectificationItem, by);
        var item = Item(itemId);
        item.RequireOpen();
        Do(ReportAction.CompleteRectificationItem, by, now, fact: item.No.ToString(System.Globalization.CultureInfo.InvariantCulture));
        item.Complete(deadlines.LegalDay(now), outcome);
        RunRectifyClock(now, deadlines);
    }

    public void ExtendRectificationItem(Actor by, Guid itemId, DateOnly dueOn, Sealed reason, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.ExtendRectificationItem, by);
        var item = Item(itemId);
        item.Extend(dueOn);
        Do(ReportAction.ExtendRectificationItem, by, now, forReporter: false, fact: Iso(dueOn), text: reason);
        RunRectifyClock(now, deadlines);
    }

    /// <summary>申请验收.</summary>
    public void SubmitForCloseOut(Actor by, Sealed text, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        Do(ReportAction.SubmitForCloseOut, by, now, text: text);
        StopClock(ClockKind.Rectify, now);
        StartClock(ClockKind.CloseOutReview, now, deadlines.DueAt(ClockKind.CloseOutReview, now));
    }

    /// <summary>验收通过并销号, by someone other than the officer who verified, with photographs and a text.</summary>
    public void PassCloseOut(Actor by, Sealed review, int photographs, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.PassCloseOut, by);
        if (photographs < 1)
            throw new RuleBrokenException("rule.CloseOutNeedsPhotographs");
        Do(ReportAction.PassCloseOut, by, now, text: review);
        StopClock(ClockKind.CloseOutReview, now);
        AskForFeedback(now, deadlines);
    }

    public void FailCloseOut(Actor by, Sealed review, OrderedItem further, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.FailCloseOut, by);
        RequireNotPast([further], now, deadlines);
        Do(ReportAction.FailCloseOut, by, now, text: review);
        StopClock(ClockKind.CloseOutReview, now);
        Add(further);
        RunRectifyClock(now, deadlines);
    }

    private static void RequireNotPast(IReadOnlyList<OrderedItem> items, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        if (items.Any(item => item.DueOn < deadlines.LegalDay(now)))
            throw new RuleBrokenException("rule.DueDatePast");
    }

    private void Add(OrderedItem item) =>
        _rectificationItems.Add(new RectificationItem(item.Details.Row, _rectificationItems.Count + 1, item.DueOn, item.Details.Envelope));

    private RectificationItem Item(Guid id) =>
        _rectificationItems.Find(i => i.Id == id) ?? throw new RuleBrokenException("rule.NoSuchItem");

    private void RunRectifyClock(DateTimeOffset now, DeadlinePolicy deadlines)
    {
        var open = _rectificationItems.Where(i => i.CompletedOn is null).Select(i => (DateOnly?)i.DueOn).Min();
        if (open is { } due)
            StartClock(ClockKind.Rectify, now, deadlines.EndOf(due));
        else
            StopClock(ClockKind.Rectify, now);
    }
}
