using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;

namespace Report12350.Tests.Reports;

/// <summary>The list of what is to be put right: items, dates, and the clock that follows the earliest open one.</summary>
public sealed class RectificationTests
{
    private readonly ReportWalk walk = ReportWalk.In(ReportState.Rectifying);

    [Fact]
    public void An_order_without_items_is_refused()
    {
        var concluded = ReportWalk.In(ReportState.Concluded);

        Breaks(concluded, "rule.NoRectificationItems", r => r.OrderRectification(ReportWalk.Officer, [], concluded.Now, concluded.Deadlines));
    }

    [Fact]
    public void A_date_in_the_past_is_refused_and_changes_nothing()
    {
        var concluded = ReportWalk.In(ReportState.Concluded);
        var review = ReportWalk.In(ReportState.InCloseOutReview);

        Breaks(concluded, "rule.DueDatePast", r => r.OrderRectification(ReportWalk.Officer, [concluded.ItemDueIn(5), concluded.ItemDueIn(-1)], concluded.Now, concluded.Deadlines));
        Breaks(walk, "rule.DueDatePast", r => r.AddRectificationItem(ReportWalk.Officer, walk.ItemDueIn(-1), walk.Now, walk.Deadlines));
        Breaks(review, "rule.DueDatePast", r => r.FailCloseOut(ReportWalk.Reviewer, ReportWalk.Text(), review.ItemDueIn(-1), review.Now, review.Deadlines));
    }

    [Fact]
    public void The_clock_follows_the_earliest_open_item()
    {
        var first = walk.Report.RectificationItems[0];
        walk.Report.AddRectificationItem(ReportWalk.Officer, walk.ItemDueIn(5), walk.Now, walk.Deadlines);
        walk.Report.ClockOf(ClockKind.Rectify)!.DueAt.ShouldBe(walk.Deadlines.EndOf(new DateOnly(2026, 3, 7)));

        Complete(walk.Report.RectificationItems[1].Id);
        walk.Report.ClockOf(ClockKind.Rectify)!.DueAt.ShouldBe(walk.Deadlines.EndOf(first.DueOn));

        Complete(first.Id);
        walk.Report.ClockOf(ClockKind.Rectify).ShouldBeNull();
    }

    [Fact]
    public void An_item_is_completed_once()
    {
        walk.Do(ReportAction.AddRectificationItem);
        var item = walk.Report.RectificationItems[0];
        Complete(item.Id);

        item.CompletedOn.ShouldBe(new DateOnly(2026, 3, 2));
        Breaks(walk, "rule.ItemCompletedAlready", _ => Complete(item.Id));
        Breaks(walk, "rule.NoSuchItem", _ => Complete(Guid.Empty));
    }

    [Fact]
    public void An_item_is_extended_only_to_a_later_day_and_keeps_its_first()
    {
        var item = walk.Report.RectificationItems[0];
        var first = item.DueOn;
        Breaks(walk, "rule.ItemExtensionInvalid", _ => Extend(item.Id, first));

        Extend(item.Id, first.AddDays(1));

        (item.DueOn, item.FirstDueOn).ShouldBe((first.AddDays(1), first));
        walk.Report.ClockOf(ClockKind.Rectify)!.DueAt.ShouldBe(walk.Deadlines.EndOf(item.DueOn));
    }

    [Fact]
    public void An_extension_that_the_state_refuses_leaves_the_item_alone()
    {
        var review = ReportWalk.In(ReportState.InCloseOutReview);

        Breaks(review, "rule.NotAllowedInState", _ => review.Do(ReportAction.ExtendRectificationItem));
    }

    [Fact]
    public void Close_out_is_asked_for_when_every_item_is_done()
    {
        Breaks(walk, "rule.ItemsOpen", _ => walk.Do(ReportAction.SubmitForCloseOut));

        walk.Do(ReportAction.CompleteRectificationItem, ReportAction.SubmitForCloseOut).Report.State.ShouldBe(ReportState.InCloseOutReview);
    }

    [Fact]
    public void Failing_the_close_out_adds_an_item_and_sends_it_back()
    {
        var review = ReportWalk.In(ReportState.InCloseOutReview).Do(ReportAction.FailCloseOut);

        review.Report.RectificationItems.Select(i => (i.No, i.CompletedOn is null)).ShouldBe([(1, false), (2, true)]);
        Breaks(review, "rule.ItemsOpen", _ => review.Do(ReportAction.SubmitForCloseOut));
    }

    private void Complete(Guid item) =>
        walk.Report.CompleteRectificationItem(ReportWalk.Officer, item, [1], walk.Now, walk.Deadlines);

    private void Extend(Guid item, DateOnly dueOn) =>
        walk.Report.ExtendRectificationItem(ReportWalk.Lead, item, dueOn, ReportWalk.Text(), walk.Now, walk.Deadlines);

    private static void Breaks(ReportWalk walk, string code, Action<Report> act)
    {
        var before = ReportWorkflowTests.Snapshot(walk.Report);
        new Action(() => act(walk.Report)).ShouldBreak(code);
        ReportWorkflowTests.Snapshot(walk.Report).ShouldBe(before);
    }
}
