using CsCheck;
using Report12350.Domain;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;

namespace Report12350.Tests.Reports;

/// <summary>Whatever is tried in whatever order, by whomever, a report is either moved by one step or left alone.</summary>
public sealed class ReportSequencesTests
{
    private static readonly Actor[] People =
        [ReportWalk.Dispatcher, ReportWalk.Officer, ReportWalk.SecondOfficer, ReportWalk.Reviewer, ReportWalk.Lead];

    private static readonly HashSet<ReportAction> Onward =
    [
        ReportAction.Accept, ReportAction.Refer, ReportAction.SignIn, ReportAction.RecordVerification, ReportAction.Conclude, ReportAction.OrderRectification,
        ReportAction.CompleteRectificationItem, ReportAction.SubmitForCloseOut, ReportAction.PassCloseOut, ReportAction.GiveFeedback,
    ];

    private static readonly Gen<(int Pick, bool Open, int Person, int Hours)[]> Tries =
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 4].Select(n => n > 0), Gen.Int[-20, People.Length - 1], Gen.Int[0, 48]).Array[1, 80];

    [Fact]
    public void Random_acts_are_done_by_one_step_or_refused_by_rule() => Tries.Sample(
        tries =>
        {
            var reached = Play(tries);
            reached.Report.Step.ShouldBe(reached.Successes + 1);
            reached.Report.Version.ShouldBe(reached.Successes + 1);
            reached.Report.IsOpen.ShouldBe(ReportWorkflow.Open.Contains(reached.Report.State));
            reached.Report.DueOrder.ShouldBe(reached.Report.NextDueAt?.ToUnixTimeSeconds() ?? long.MaxValue);
            reached.Report.Timeline.Select(e => e.Step).ShouldBe(Enumerable.Range(1, reached.Successes + 1));
            reached.Report.Events.Select(e => e.Step).ShouldBe(Enumerable.Range(1, reached.Successes + 1));
        },
        iter: 400);

    [Fact]
    public void Random_acts_reach_every_state()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<ReportState, bool>();

        // By chance a round may miss the latest state; twenty rounds don't.
        for (var round = 0; round < 20 && seen.Count < Enum.GetValues<ReportState>().Length; round++)
            Tries.Sample(tries => { Play(tries, state => seen[state] = true); }, iter: 1500);

        seen.Keys.Order().ShouldBe(Enum.GetValues<ReportState>());
    }

    private static (Report Report, int Successes) Play((int Pick, bool Open, int Person, int Hours)[] tries, Action<ReportState>? passed = null)
    {
        var rules = new ClockRules { PausableClocks = new HashSet<ClockKind> { ClockKind.Verify } };
        var walk = ReportWalk.Filed(rules: rules);
        var successes = 0;
        foreach (var (pick, open, person, hours) in tries)
        {
            IReadOnlyList<ReportAction> acts = open ? Worthwhile(walk.Report.AllowedActions, pick) : Enum.GetValues<ReportAction>();
            walk.Finds = (Finding)(hours % 4);
            var before = ReportWorkflowTests.Snapshot(walk.Report);
            try
            {
                walk.Until(walk.Now.AddHours(hours)).Do(acts[pick % acts.Count], person < 0 ? null : People[person]);
                successes++;
                passed?.Invoke(walk.Report.State);
            }
            catch (RuleBrokenException)
            {
                ReportWorkflowTests.Snapshot(walk.Report).ShouldBe(before);
            }
        }

        return (walk.Report, successes);
    }

    /// <summary>Nine times in ten leaves out what ends the procedure early or only masks, and three times in four what leaves it where it is, or the late states would hardly be seen.</summary>
    private static List<ReportAction> Worthwhile(IReadOnlyList<ReportAction> open, int pick)
    {
        List<ReportAction> going = [.. open.Where(act => pick >= 900 || act is not (ReportAction.Merge or ReportAction.Decline or ReportAction.Transfer or ReportAction.Withdraw or ReportAction.Mask or ReportAction.FixMasks or ReportAction.ShareMasked))];
        List<ReportAction> onward = [.. going.Where(Onward.Contains)];
        return pick % 4 != 0 && onward.Count > 0 ? onward : going;
    }
}
