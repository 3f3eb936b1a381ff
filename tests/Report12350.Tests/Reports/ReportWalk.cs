using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;

namespace Report12350.Tests.Reports;

/// <summary>Walks one report through the procedure, one act an hour, each by the person whose act it is.</summary>
public sealed class ReportWalk
{
    /// <summary>Monday, nine in the morning in the county.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public const string Department = "emergency";
    public const string Assisting = "housing";
    public const string CountyGovernment = "county";

    public static readonly Actor Dispatcher = Person(1, Role.Dispatcher, "office");
    public static readonly Actor Officer = Person(2, Role.Officer, Department);
    public static readonly Actor Lead = Person(3, Role.DepartmentLead, Department);
    public static readonly Actor Reviewer = Person(4, Role.Officer, Department);
    public static readonly Actor Supervisor = Person(5, Role.Supervisor, "office");
    public static readonly Actor Reexaminer = Person(6, Role.Officer, "city");
    public static readonly Actor SecondOfficer = Person(7, Role.Officer, Department);

    private ReportWalk(Report report, DeadlinePolicy deadlines)
    {
        Report = report;
        Deadlines = deadlines;
    }

    public Report Report { get; }

    public DeadlinePolicy Deadlines { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>Who verifies from here on; another one after the conclusion was overturned.</summary>
    public Actor Verifier { get; set; } = Officer;

    /// <summary>What the next verification finds.</summary>
    public Finding Finds { get; set; } = Finding.Substantiated;

    public static DeadlinePolicy Policy(ClockRules? rules = null) =>
        new(rules ?? new ClockRules(), new WorkingCalendar(new Dictionary<int, CalendarYear>()), TimeSpan.FromHours(8));

    public static ReportWalk Filed(Func<Filing, Filing>? change = null, ClockRules? rules = null)
    {
        var filing = new Filing(
            ReportId.New(Start), "26030200014", Channel.Web, Anonymity.Anonymous, MatterKind.MajorHazard, "construction", "haicheng",
            OutsideCounty: false, Urgent: false, InvolvesDeaths: false);
        var deadlines = Policy(rules);
        var seals = new FilingSeals([1], [2], [3], Identity: null, IdentityKeyForReceipt: null, EraseKeyId: "");
        return new ReportWalk(Report.File(change?.Invoke(filing) ?? filing, seals, Start, deadlines), deadlines);
    }

    /// <summary>The shortest way to the state; <paramref name="finding"/> where the way leads past a conclusion.</summary>
    public static ReportWalk In(ReportState state, Finding finding = Finding.Substantiated, ClockRules? rules = null) =>
        Filed(rules: rules).To(state, finding);

    public ReportWalk To(ReportState state, Finding finding = Finding.Substantiated) => state switch
    {
        ReportState.Received => this,
        ReportState.Declined => Do(ReportAction.Decline),
        ReportState.Transferred => Do(ReportAction.Transfer),
        ReportState.Accepted => Do(ReportAction.Accept),
        ReportState.Referred => Do(ReportAction.Accept, ReportAction.Refer),
        ReportState.Contested => To(ReportState.Referred).Do(ReportAction.Contest),
        ReportState.Verifying => To(ReportState.Referred).Do(ReportAction.SignIn),
        ReportState.Concluded => To(ReportState.Verifying).Conclude(finding),
        ReportState.Rectifying => To(ReportState.Concluded).Do(ReportAction.OrderRectification),
        ReportState.InCloseOutReview => To(ReportState.Rectifying).Do(ReportAction.CompleteRectificationItem, ReportAction.SubmitForCloseOut),
        ReportState.ClosedOut => To(ReportState.InCloseOutReview).Do(ReportAction.PassCloseOut),
        ReportState.Closed => To(ReportState.Concluded, Finding.Unsubstantiated).Do(ReportAction.GiveFeedback, ReportAction.Close),
        ReportState.UnderReexamination => To(ReportState.Concluded, finding).Do(ReportAction.GiveFeedback, ReportAction.Object),
        ReportState.Merged => Do(ReportAction.Merge),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public ReportWalk Conclude(Finding finding)
    {
        Do(ReportAction.RecordVerification);
        Finds = finding;
        return Do(ReportAction.Conclude);
    }

    public ReportWalk Do(params IEnumerable<ReportAction> actions)
    {
        foreach (var action in actions)
            Do(action);
        return this;
    }

    /// <summary>The act with ordinary particulars, by <paramref name="by"/> or by the person whose act it is.</summary>
    public ReportWalk Do(ReportAction action, Actor? by = null)
    {
        Act(action, by ?? WhoDoes(action));
        return Later();
    }

    public ReportWalk Wait(int days)
    {
        Now = Now.AddDays(days);
        return this;
    }

    public ReportWalk Until(DateTimeOffset instant)
    {
        Now = instant;
        return this;
    }

    public static Sealed Text() => new(Guid.NewGuid(), [42]);

    public OrderedItem ItemDueIn(int days) => new(Deadlines.LegalDay(Now).AddDays(days), Text());

    public static Referral To(string department) => new(department, [Assisting], "rule-1", department == CountyGovernment);

    public Actor WhoDoes(ReportAction action) => action switch
    {
        ReportAction.WriteToOfficers or ReportAction.Object or ReportAction.Withdraw => Actor.Reporter,
        ReportAction.Extend or ReportAction.ExtendRectificationItem => Lead,
        ReportAction.PassCloseOut or ReportAction.FailCloseOut => Reviewer,
        ReportAction.Uphold or ReportAction.Overturn => Reexaminer,
        ReportAction.ListForSupervision or ReportAction.TakeSupervisionStep or ReportAction.Delist => Supervisor,
        ReportAction.Accept or ReportAction.Decline or ReportAction.Transfer or ReportAction.Refer or ReportAction.Designate
            or ReportAction.Merge or ReportAction.OrganiseReverification or ReportAction.BlockOfficer or ReportAction.LiftBlock => Dispatcher,
        _ => Verifier,
    };

    private ReportWalk Later()
    {
        Now = Now.AddHours(1);
        return this;
    }

    private Guid OpenItem() =>
        (Report.RectificationItems.FirstOrDefault(i => i.CompletedOn is null) ?? Report.RectificationItems.FirstOrDefault())?.Id ?? Guid.Empty;

    private void Act(ReportAction action, Actor by)
    {
        var r = Report;
        switch (action)
        {
            case ReportAction.Accept: r.Accept(by, Now, Deadlines); break;
            case ReportAction.Decline: r.Decline(by, DeclineReason.NoTargetOrFacts, Text(), Now); break;
            case ReportAction.Transfer: r.Transfer(by, Text(), Now); break;
            case ReportAction.Refer: r.Refer(by, To(Department), reason: null, Now, Deadlines); break;
            case ReportAction.Designate: r.Designate(by, To(Department), Text(), Now, Deadlines); break;
            case ReportAction.SignIn: r.SignIn(by, Now); break;
            case ReportAction.Contest: r.Contest(by, Text(), Now, Deadlines); break;
            case ReportAction.RecordVerification: r.RecordVerification(by, Text(), Now); break;
            case ReportAction.Extend: r.Extend(by, 10, Text(), Now, Deadlines); break;
            case ReportAction.PauseClock: r.PauseClock(by, Text(), Now, Deadlines); break;
            case ReportAction.ResumeClock: r.ResumeClock(by, Now, Deadlines); break;
            case ReportAction.Conclude: r.Conclude(by, Finds, r.Kind, Text(), Now, Deadlines); break;
            case ReportAction.OrganiseReverification: r.OrganiseReverification(by, CountyGovernment, Text(), Now, Deadlines); break;
            case ReportAction.OrderRectification: r.OrderRectification(by, [ItemDueIn(20)], Now, Deadlines); break;
            case ReportAction.AddRectificationItem: r.AddRectificationItem(by, ItemDueIn(30), Now, Deadlines); break;
            case ReportAction.CompleteRectificationItem: r.CompleteRectificationItem(by, OpenItem(), [7], Now, Deadlines); break;
            case ReportAction.ExtendRectificationItem: r.ExtendRectificationItem(by, OpenItem(), ItemDueIn(90).DueOn, Text(), Now, Deadlines); break;
            case ReportAction.SubmitForCloseOut: r.SubmitForCloseOut(by, Text(), Now, Deadlines); break;
            case ReportAction.PassCloseOut: r.PassCloseOut(by, Text(), photographs: 2, Now, Deadlines); break;
            case ReportAction.FailCloseOut: r.FailCloseOut(by, Text(), ItemDueIn(15), Now, Deadlines); break;
            case ReportAction.Close: r.Close(by, Now); break;
            case ReportAction.GiveFeedback: r.GiveFeedback(by, Text(), Now, Deadlines); break;
            case ReportAction.Object: r.Object(Text(), Now, Deadlines); break;
            case ReportAction.Uphold: r.Uphold(by, Text(), Now); break;
            case ReportAction.Overturn: r.Overturn(by, Text(), Now, Deadlines); break;
            case ReportAction.Withdraw: r.Withdraw(Now); break;
            case ReportAction.Merge: r.MergeInto(Filed().Report, by, Now); break;
            case ReportAction.Link: r.Link(by, Text(), Now); break;
            case ReportAction.ListForSupervision: r.ListForSupervision(by, Text(), Now); break;
            case ReportAction.TakeSupervisionStep: r.TakeSupervisionStep(by, (r.Supervision ?? SupervisionStep.Listed) + 1, Text(), Now); break;
            case ReportAction.Delist: r.Delist(by, Text(), Now); break;
            case ReportAction.ReplyToReporter: r.ReplyToReporter(by, Text(), Now); break;
            case ReportAction.WriteToOfficers: r.WriteToOfficers(Text(), Now); break;
            case ReportAction.AddNote: r.AddNote(by, Text(), Now); break;
            case ReportAction.AddEvidence: r.AddEvidence(by, 1, Now); break;
            case ReportAction.BlockOfficer: r.BlockOfficer(by, SecondOfficer.StaffId!.Value, Text(), Now); break;
            case ReportAction.DeclareConflict: r.DeclareConflict(by, Text(), Now); break;
            case ReportAction.LiftBlock: r.LiftBlock(by, Text(), Now); break;
            case ReportAction.RequestReveal: r.RequestReveal(by, RevealReason.Testimony, Now); break;
            case ReportAction.Mask: r.Mask(by, Now); break;
            case ReportAction.FixMasks: r.FixMasks(by, Now); break;
            case ReportAction.ShareMasked: r.ShareMasked(by, "某机关", Now); break;
            default: throw new ArgumentOutOfRangeException(nameof(action));
        }
    }

    private static Actor Person(int no, Role role, string department) =>
        Actor.Staff(new Guid(no, 0, 0, new byte[8]), role, department);
}
