using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using static Report12350.Domain.Access.Role;
using static Report12350.Domain.Access.Scope;
using static Report12350.Domain.Reports.ReportAction;

namespace Report12350.Domain.Access;

/// <summary>Which reports a grant reaches.</summary>
public enum Scope
{
    /// <summary>Every report.</summary>
    Any,

    /// <summary>Reports the person's department leads.</summary>
    Lead,

    /// <summary>Reports the person's department leads or assists.</summary>
    Involved,

    /// <summary>Reports overdue or listed for supervision.</summary>
    OverdueOrListed,

    /// <summary>Reports under re-examination, for the body that re-examines.</summary>
    Reexamined,
}

/// <summary>A role may do this to the reports in scope; whether the state allows it is the workflow's say.</summary>
public sealed record Grant(Role Role, Scope Scope, IReadOnlyList<ReportAction> Actions);

/// <summary>Who may do what: the one table every access check reads.</summary>
public static class Permissions
{
    public static readonly IReadOnlyList<Grant> OnReports =
    [
        new(Dispatcher, Any, [Accept, Decline, Transfer, Refer, Designate, Merge, Link, OrganiseReverification, ListForSupervision, TakeSupervisionStep, Delist, ReplyToReporter, AddNote, BlockOfficer, DeclareConflict, LiftBlock, RequestReveal, Mask, FixMasks, ShareMasked]),
        new(Officer, Lead, [SignIn, Contest, RecordVerification, PauseClock, ResumeClock, Conclude, OrderRectification, AddRectificationItem, CompleteRectificationItem, SubmitForCloseOut, PassCloseOut, FailCloseOut, Close, GiveFeedback, ReplyToReporter, AddNote, AddEvidence, DeclareConflict, RequestReveal, Mask, FixMasks]),
        new(Officer, Involved, [AddNote, AddEvidence, DeclareConflict]),
        new(DepartmentLead, Lead, [SignIn, Contest, PauseClock, ResumeClock, ExtendRectificationItem, PassCloseOut, FailCloseOut, GiveFeedback, ReplyToReporter, AddNote, BlockOfficer, DeclareConflict, RequestReveal, Mask, FixMasks, ShareMasked]),
        new(DepartmentLead, Involved, [AddNote, BlockOfficer, DeclareConflict]),
        new(Supervisor, OverdueOrListed, [ListForSupervision, TakeSupervisionStep, Delist, AddNote, DeclareConflict]),
        new(Officer, Reexamined, [Uphold, Overturn, AddNote, DeclareConflict]),
        new(DepartmentLead, Reexamined, [Uphold, Overturn, AddNote, BlockOfficer, DeclareConflict]),
    ];

    /// <summary>Acts of the reporter, who holds the receipt and no role.</summary>
    public static readonly IReadOnlyList<ReportAction> OfReporter = [WriteToOfficers, ReportAction.Object, Withdraw, AddEvidence];

    public static readonly IReadOnlyDictionary<RewardAction, Role> OnRewards = new Dictionary<RewardAction, Role>
    {
        [RewardAction.Assess] = RewardOfficer,
        [RewardAction.RuleOut] = RewardOfficer,
        [RewardAction.Reopen] = RewardOfficer,
        [RewardAction.Propose] = RewardOfficer,
        [RewardAction.OpenVote] = RewardOfficer,
        [RewardAction.Vote] = CommitteeMember,
        [RewardAction.Recuse] = CommitteeMember,
        [RewardAction.Approve] = RewardOfficer,
        [RewardAction.Reject] = RewardOfficer,
        [RewardAction.Notify] = RewardOfficer,
        [RewardAction.ExtendClaim] = RewardOfficer,
        [RewardAction.Forfeit] = RewardOfficer,
        [RewardAction.Suspend] = RewardOfficer,
        [RewardAction.Resume] = RewardOfficer,
        [RewardAction.Pay] = Cashier,
    };

    /// <summary>Roles a county's profile may name to approve an extension (延期审批).</summary>
    public static IReadOnlyList<Role> ExtensionApprovers => [Dispatcher, Officer, DepartmentLead, Supervisor];

    /// <summary>The role in which this person may do the act, or null.</summary>
    public static Role? RoleFor(Person person, ReportAction action, Report report, ClockRules rules, DateTimeOffset now) =>
        OnReports.FirstOrDefault(g => person.Roles.Contains(g.Role) && Gives(g, action, rules) && Reaches(g.Scope, person, report, now))?.Role;

    /// <summary>May this person read what the report says? Whether they can is a matter of keys.</summary>
    public static bool MayRead(Person person, Report report, DateTimeOffset now) => ReadingRole(person, report, now) is not null;

    /// <summary>The role in which this person reads the report; the reporter is told it.</summary>
    public static Role? ReadingRole(Person person, Report report, DateTimeOffset now) =>
        OnReports.FirstOrDefault(g => person.Roles.Contains(g.Role) && Reaches(g.Scope, person, report, now))?.Role;

    /// <summary>What this person can do to the report now: the table of roles and the table of states together.</summary>
    public static IReadOnlyList<ReportAction> AllowedTo(Person person, Report report, ClockRules rules, DateTimeOffset now) =>
        [.. Enum.GetValues<ReportAction>().Where(action =>
            RoleFor(person, action, report, rules, now) is { } role
            && ReportWorkflow.Refusal(report, action, Actor.Staff(person.Id, role, person.Department), rules, now) is null)];

    /// <summary>Who extends is the profile's to say; everything else is the table's.</summary>
    private static bool Gives(Grant grant, ReportAction action, ClockRules rules) => action is Extend
        ? grant.Role == rules.ExtensionApprover && grant.Scope is (Any or Lead or OverdueOrListed)
        : grant.Actions.Contains(action);

    private static bool Reaches(Scope scope, Person person, Report report, DateTimeOffset now) => scope switch
    {
        _ when person.Conflicts.Contains(report.MatterId) => false,
        Any => true,
        Lead => report.LeadDepartment == person.Department,
        Involved => report.LeadDepartment == person.Department || report.AssistDepartments.Contains(person.Department),
        OverdueOrListed => report.Supervision is not null || report.NextDueAt <= now,
        Reexamined => report.State is ReportState.UnderReexamination && person.Reexamines,
        _ => false,
    };
}

/// <summary>A member of staff as the access table sees them.</summary>
/// <param name="Reexamines">Belongs to the body that re-examines the county's results.</param>
public sealed record Person(Guid Id, string Department, IReadOnlyCollection<Role> Roles, bool Reexamines)
{
    /// <summary>利害关系回避: matters this person is kept out of, whatever their roles.</summary>
    public IReadOnlySet<Guid> Conflicts { get; init; } = new HashSet<Guid>();

    /// <summary>May do neither more nor less than this one.</summary>
    public bool MayTheSameAs(Person other) =>
        Department == other.Department && Reexamines == other.Reexamines && Roles.ToHashSet().SetEquals(other.Roles) && Conflicts.SetEquals(other.Conflicts);
}
