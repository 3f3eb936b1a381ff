using Report12350.Domain.Reports;

namespace Report12350.Tests.Reports;

/// <summary>并案: one matter, several reports, each with its own time.</summary>
public sealed class MergingTests
{
    [Fact]
    public void A_report_is_not_merged_into_itself()
    {
        var walk = ReportWalk.In(ReportState.Accepted);

        new Action(() => walk.Report.MergeInto(walk.Report, ReportWalk.Dispatcher, walk.Now)).ShouldBreak("rule.MergeIntoItself");
        walk.Report.State.ShouldBe(ReportState.Accepted);
    }

    [Fact]
    public void A_report_is_not_merged_into_a_merged_one()
    {
        var walk = ReportWalk.In(ReportState.Accepted);
        var merged = ReportWalk.In(ReportState.Merged).Report;

        new Action(() => walk.Report.MergeInto(merged, ReportWalk.Dispatcher, walk.Now)).ShouldBreak("rule.MergeTargetMerged");
        walk.Report.State.ShouldBe(ReportState.Accepted);
    }

    [Fact]
    public void The_matter_moves_and_the_times_stay()
    {
        var walk = ReportWalk.In(ReportState.Verifying);
        var (filed, accepted) = (walk.Report.FiledAt, walk.Report.AcceptedAt);
        var target = ReportWalk.Filed().Report;

        walk.Report.MergeInto(target, ReportWalk.Dispatcher, walk.Now);

        walk.Report.MergedInto.ShouldBe(target.Id);
        walk.Report.MatterId.ShouldBe(target.MatterId);
        (walk.Report.FiledAt, walk.Report.AcceptedAt).ShouldBe((filed, accepted));
        accepted.ShouldNotBeNull();
        walk.Report.Clocks.ShouldAllBe(c => c.StoppedAt != null);
        (walk.Report.NextDueAt, walk.Report.NextClock).ShouldBe((null, null));
    }

    [Fact]
    public void A_merged_report_is_not_merged_again()
    {
        var walk = ReportWalk.In(ReportState.Merged);

        new Action(() => walk.Do(ReportAction.Merge)).ShouldBreak("rule.NotAllowedInState");
    }
}
