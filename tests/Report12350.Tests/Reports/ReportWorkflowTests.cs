using System.Text.Json;
using Report12350.Domain;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;

namespace Report12350.Tests.Reports;

/// <summary>Every state with every act, against a table written from the casework rules, not from the workflow's own.</summary>
public sealed class ReportWorkflowTests
{
    /// <summary><c>Act>State</c> leads there, a bare act stays, <c>Act>back</c> returns to where the objection came from.</summary>
    private const string Expected = """
        Received: Accept>Accepted Decline>Declined Transfer>Transferred Merge>Merged Link Withdraw AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Declined: Link WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Transferred: Link WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Accepted: Refer>Referred Transfer>Transferred Merge>Merged Link Withdraw AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Referred: SignIn>Verifying Contest>Contested Merge>Merged Link Withdraw AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Contested: Designate>Referred Transfer>Transferred Merge>Merged Link Withdraw AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Verifying: RecordVerification Extend PauseClock ResumeClock Conclude>Concluded ListForSupervision TakeSupervisionStep Delist Merge>Merged Link Withdraw AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Concluded: OrganiseReverification>Verifying OrderRectification>Rectifying Close>Closed GiveFeedback Object>UnderReexamination ListForSupervision TakeSupervisionStep Delist Merge>Merged Link Withdraw AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Rectifying: AddRectificationItem CompleteRectificationItem ExtendRectificationItem SubmitForCloseOut>InCloseOutReview GiveFeedback ListForSupervision TakeSupervisionStep Delist Merge>Merged Link Withdraw AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        InCloseOutReview: PassCloseOut>ClosedOut FailCloseOut>Rectifying GiveFeedback ListForSupervision TakeSupervisionStep Delist Merge>Merged Link Withdraw AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        ClosedOut: GiveFeedback Object>UnderReexamination Delist Link WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Closed: GiveFeedback Object>UnderReexamination Delist Link WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        UnderReexamination: Uphold>back Overturn>Verifying Merge>Merged Link AddEvidence WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Merged: Link WriteToOfficers ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        """;

    private static readonly ClockRules Pausable = new() { PausableClocks = new HashSet<ClockKind> { ClockKind.Verify } };

    private static readonly Dictionary<(ReportState From, ReportAction Act), string> Table = Expected.Split('\n')
        .SelectMany(line => line.Split(": ")[1].Split(' '), (line, cell) => (State: line.Split(':')[0], Cell: (cell + ">").Split('>')))
        .ToDictionary(x => (Enum.Parse<ReportState>(x.State), Enum.Parse<ReportAction>(x.Cell[0])), x => x.Cell[1]);

    public static TheoryData<ReportState, ReportAction> Pairs() =>
        [.. from state in Enum.GetValues<ReportState>() from act in Enum.GetValues<ReportAction>() select (state, act)];

    [Theory, MemberData(nameof(Pairs))]
    public void Exactly_the_acts_of_the_procedure_are_open_in_each_state(ReportState state, ReportAction act)
    {
        var outcomes = Walks(state).Select(make => Try(make(), state, act)).ToList();

        var expected = Table.TryGetValue((state, act), out var to);
        outcomes.Any(o => o.Done).ShouldBe(expected);
        foreach (var outcome in outcomes.Where(o => o.Done))
        {
            var target = to switch { "" => state, "back" => outcome.CameFrom!.Value, _ => Enum.Parse<ReportState>(to!) };
            outcome.After.ShouldBe(target);
        }

        if (!expected)
            outcomes.ShouldAllBe(o => o.Code == "rule.NotAllowedInState");
    }

    [Fact]
    public void There_are_fourteen_states_and_forty_two_acts() =>
        (Enum.GetValues<ReportState>().Length, Enum.GetValues<ReportAction>().Length).ShouldBe((14, 42));

    [Fact]
    public void Every_edge_names_its_article() =>
        ReportWorkflow.Edges.ShouldAllBe(e => !string.IsNullOrWhiteSpace(e.Article) && ReportWorkflow.ArticleOf(e.From, e.Action) == e.Article);

    [Fact]
    public void No_edge_is_written_twice() =>
        ReportWorkflow.Edges.GroupBy(e => (e.From, e.Action)).ShouldAllBe(g => g.Count() == 1);

    [Fact]
    public void What_is_shown_as_allowed_is_what_can_be_done()
    {
        foreach (var state in Enum.GetValues<ReportState>())
        {
            foreach (var make in Walks(state))
            {
                var shown = make().Report.AllowedActions;
                var done = Enum.GetValues<ReportAction>().Where(act => Try(make(), state, act).Done);
                shown.Except(done).ShouldBeSubsetOf([ReportAction.PauseClock], "only the profile's pause is decided later");
                done.ShouldBeSubsetOf(shown);
            }
        }
    }

    private static Outcome Try(ReportWalk walk, ReportState state, ReportAction act)
    {
        walk.Report.State.ShouldBe(state);
        var (cameFrom, before, step) = (walk.Report.ReturnTo, Snapshot(walk.Report), walk.Report.Step);
        try
        {
            walk.Do(act);
        }
        catch (RuleBrokenException refusal)
        {
            Snapshot(walk.Report).ShouldBe(before);
            return new Outcome(Done: false, walk.Report.State, cameFrom, refusal.Code);
        }

        walk.Report.Step.ShouldBe(step + 1);
        walk.Report.Timeline[^1].Act.ShouldBe(act.ToString());
        return new Outcome(Done: true, walk.Report.State, cameFrom, Code: null);
    }

    internal static string Snapshot(Report report) => JsonSerializer.Serialize(report);

    /// <summary>Ways to be in a state: together they open every act that the state knows.</summary>
    private static List<Func<ReportWalk>> Walks(ReportState state)
    {
        ReportWalk In(Finding finding = Finding.Substantiated) => ReportWalk.In(state, finding, Pausable);
        List<Func<ReportWalk>> walks = [() => In(), () => ReportWalk.In(state), () => ReportWalk.Filed(f => f with { Anonymity = Anonymity.Named }).To(state)];
        if (state is ReportState.Verifying)
            walks.AddRange(() => In().Do(ReportAction.RecordVerification), () => In().Do(ReportAction.PauseClock));
        if (state is ReportState.Concluded)
            walks.AddRange(() => In(Finding.Inconclusive), () => In(Finding.Unsubstantiated).Do(ReportAction.GiveFeedback));
        if (state is ReportState.Rectifying)
            walks.Add(() => In().Do(ReportAction.CompleteRectificationItem));
        if (state is ReportState.ClosedOut or ReportState.UnderReexamination)
            walks.Add(() => ReportWalk.In(ReportState.ClosedOut).Do(ReportAction.GiveFeedback).Do(state is ReportState.ClosedOut ? [] : [ReportAction.Object]));
        if (state is ReportState.UnderReexamination)
            walks.Add(() => ReportWalk.In(ReportState.Closed).Do(ReportAction.Object));
        if (state is ReportState.Verifying or ReportState.Concluded or ReportState.Rectifying or ReportState.InCloseOutReview)
            walks.Add(() => In().Do(ReportAction.ListForSupervision));
        if (state is ReportState.ClosedOut)
            walks.Add(() => ReportWalk.In(ReportState.InCloseOutReview).Do(ReportAction.ListForSupervision, ReportAction.PassCloseOut));
        if (state is ReportState.Closed)
            walks.Add(() => ReportWalk.In(ReportState.Concluded, Finding.Unsubstantiated).Do(ReportAction.ListForSupervision, ReportAction.GiveFeedback, ReportAction.Close));
        return walks;
    }

    private sealed record Outcome(bool Done, ReportState After, ReportState? CameFrom, string? Code);
}
