using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Tests.Reports;

namespace Report12350.Tests.Access;

/// <summary>Every role with every act on a report of one's own department, one it assists and another's, against the casework rules.</summary>
public sealed class PermissionsTests
{
    /// <summary>Role, how the person stands to the report, and what they may do to it. What is not listed is forbidden.</summary>
    private const string Expected = """
        Dispatcher any: Accept Decline Transfer Refer Designate Merge Link OrganiseReverification ListForSupervision TakeSupervisionStep Delist ReplyToReporter AddNote BlockOfficer DeclareConflict LiftBlock RequestReveal Mask FixMasks ShareMasked
        Officer own: SignIn Contest RecordVerification PauseClock ResumeClock Conclude OrderRectification AddRectificationItem CompleteRectificationItem SubmitForCloseOut PassCloseOut FailCloseOut Close GiveFeedback ReplyToReporter AddNote AddEvidence DeclareConflict RequestReveal Mask FixMasks
        Officer assisting: AddNote AddEvidence DeclareConflict
        DepartmentLead own: SignIn Contest Extend PauseClock ResumeClock ExtendRectificationItem PassCloseOut FailCloseOut GiveFeedback ReplyToReporter AddNote BlockOfficer DeclareConflict RequestReveal Mask FixMasks ShareMasked
        DepartmentLead assisting: AddNote BlockOfficer DeclareConflict
        Supervisor overdue: ListForSupervision TakeSupervisionStep Delist AddNote DeclareConflict
        Supervisor listed: ListForSupervision TakeSupervisionStep Delist AddNote DeclareConflict
        Officer reexamining: Uphold Overturn AddNote DeclareConflict
        DepartmentLead reexamining: Uphold Overturn AddNote BlockOfficer DeclareConflict
        """;

    /// <summary>Who reads what a report says: "Narrative, evidence" of the casework rules.</summary>
    private const string Readers = """
        Dispatcher any
        Officer own
        Officer assisting
        DepartmentLead own
        DepartmentLead assisting
        Supervisor overdue
        Supervisor listed
        Officer reexamining
        DepartmentLead reexamining
        """;

    /// <summary>A county that lets a pause be made, so that the whole table is seen.</summary>
    private static readonly ClockRules Rules = new() { PausableClocks = new HashSet<ClockKind> { ClockKind.Verify } };

    private static readonly string[] Stands = ["own", "assisting", "other", "overdue", "listed", "reexamining"];

    private static readonly Dictionary<string, HashSet<ReportAction>> Table = Expected.Split('\n')
        .Select(line => line.Split(": "))
        .ToDictionary(x => x[0], x => x[1].Split(' ').Select(Enum.Parse<ReportAction>).ToHashSet());

    public static TheoryData<Role, string> RolesAndStands() =>
        [.. from role in Enum.GetValues<Role>() from stand in Stands select (role, stand)];

    [Theory, MemberData(nameof(RolesAndStands))]
    public void Each_role_may_do_exactly_its_own_acts(Role role, string stand)
    {
        var (person, report, now) = Situation(role, stand);
        var expected = Row(role, stand);

        foreach (var act in Enum.GetValues<ReportAction>())
            Permissions.RoleFor(person, act, report, Rules, now).ShouldBe(expected.Contains(act) ? role : null, $"{role} {stand} {act}");
    }

    [Theory, MemberData(nameof(RolesAndStands))]
    public void Each_role_reads_exactly_what_it_works_on(Role role, string stand)
    {
        var (person, report, now) = Situation(role, stand);
        var readers = Readers.Split('\n');

        Permissions.MayRead(person, report, now).ShouldBe(readers.Contains($"{role} {stand}") || readers.Contains($"{role} any"));
    }

    [Theory, MemberData(nameof(RolesAndStands))]
    public void What_is_offered_is_permitted_by_the_role_and_open_in_the_state(Role role, string stand)
    {
        var (person, report, now) = Situation(role, stand);

        var offered = Permissions.AllowedTo(person, report, Rules, now);

        offered.ShouldBe(Row(role, stand).Intersect(ReportWorkflow.Allowed(report, Actor.Staff(person.Id, role, person.Department))).Order());
    }

    [Fact]
    public void Two_roles_of_one_person_add_up()
    {
        var (_, report, now) = Situation(Role.Officer, "own");
        var both = new Person(Guid.NewGuid(), ReportWalk.Department, [Role.Officer, Role.Dispatcher], Reexamines: false);

        Permissions.RoleFor(both, ReportAction.Merge, report, Rules, now).ShouldBe(Role.Dispatcher);
        Permissions.RoleFor(both, ReportAction.Conclude, report, Rules, now).ShouldBe(Role.Officer);
    }

    [Fact]
    public void The_officer_who_verified_is_not_offered_the_review()
    {
        var walk = ReportWalk.In(ReportState.InCloseOutReview);

        Offered(ReportWalk.Officer.StaffId!.Value).ShouldNotContain(ReportAction.PassCloseOut);
        Offered(ReportWalk.Reviewer.StaffId!.Value).ShouldContain(ReportAction.PassCloseOut);

        IReadOnlyList<ReportAction> Offered(Guid id) =>
            Permissions.AllowedTo(new Person(id, ReportWalk.Department, [Role.Officer], Reexamines: false), walk.Report, Rules, walk.Now);
    }

    [Fact]
    public void A_pause_the_county_does_not_provide_for_is_not_offered()
    {
        var walk = ReportWalk.In(ReportState.Verifying);
        var officer = new Person(ReportWalk.Officer.StaffId!.Value, ReportWalk.Department, [Role.Officer], Reexamines: false);

        Permissions.AllowedTo(officer, walk.Report, new ClockRules(), walk.Now).ShouldNotContain(ReportAction.PauseClock);
        Permissions.AllowedTo(officer, walk.Report, Rules, walk.Now).ShouldContain(ReportAction.PauseClock);
    }

    [Fact]
    public void A_contest_is_offered_while_its_window_is_open_and_no_longer()
    {
        var walk = ReportWalk.In(ReportState.Referred);
        var lead = new Person(ReportWalk.Lead.StaffId!.Value, ReportWalk.Department, [Role.DepartmentLead], Reexamines: false);
        var end = walk.Report.ClockOf(ClockKind.Contest)!.DueAt;

        Permissions.AllowedTo(lead, walk.Report, Rules, end.AddTicks(-1)).ShouldContain(ReportAction.Contest);
        Permissions.AllowedTo(lead, walk.Report, Rules, end).ShouldNotContain(ReportAction.Contest);
    }

    [Theory]
    [InlineData(Role.Dispatcher, "office", true)]
    [InlineData(Role.Officer, ReportWalk.Department, true)]
    [InlineData(Role.Officer, ReportWalk.Assisting, false)]
    [InlineData(Role.DepartmentLead, ReportWalk.Department, true)]
    [InlineData(Role.Supervisor, "office", false)]
    public void Whom_the_profile_names_extends_and_nobody_else(Role approver, string department, bool offered)
    {
        var walk = ReportWalk.In(ReportState.Verifying);
        var rules = Rules with { ExtensionApprover = approver };

        foreach (var role in Enum.GetValues<Role>())
        {
            var person = new Person(Guid.NewGuid(), department, [role], Reexamines: false);
            Permissions.AllowedTo(person, walk.Report, rules, walk.Now).Contains(ReportAction.Extend).ShouldBe(role == approver && offered, role.ToString());
        }
    }

    [Fact]
    public void Those_who_reexamine_see_a_report_only_while_it_is_under_reexamination()
    {
        var walk = ReportWalk.In(ReportState.UnderReexamination);
        var person = new Person(Guid.NewGuid(), "city", [Role.Officer], Reexamines: true);
        Permissions.MayRead(person, walk.Report, walk.Now).ShouldBeTrue();

        walk.Do(ReportAction.Uphold);

        Permissions.MayRead(person, walk.Report, walk.Now).ShouldBeFalse();
    }

    [Fact]
    public void Every_act_is_somebodys()
    {
        var granted = Permissions.OnReports.SelectMany(g => g.Actions).Concat(Permissions.OfReporter).Append(ReportAction.Extend).Distinct();

        granted.Order().ShouldBe(Enum.GetValues<ReportAction>());
    }

    [Fact]
    public void The_reporter_writes_objects_withdraws_and_adds_evidence() =>
        Permissions.OfReporter.ShouldBe([ReportAction.WriteToOfficers, ReportAction.Object, ReportAction.Withdraw, ReportAction.AddEvidence], ignoreOrder: true);

    [Fact]
    public void Each_act_on_a_reward_has_one_role_and_the_claim_is_the_reporters()
    {
        foreach (var act in Enum.GetValues<RewardAction>())
        {
            Role? expected = act switch
            {
                RewardAction.Claim or RewardAction.StartOver => null,
                RewardAction.Pay => Role.Cashier,
                RewardAction.Vote or RewardAction.Recuse => Role.CommitteeMember,
                _ => Role.RewardOfficer,
            };
            (Permissions.OnRewards.TryGetValue(act, out var role) ? role : (Role?)null).ShouldBe(expected, act.ToString());
        }
    }

    private static HashSet<ReportAction> Row(Role role, string stand) =>
        Table.GetValueOrDefault($"{role} {stand}") ?? Table.GetValueOrDefault($"{role} any") ?? [];

    /// <summary>A person of the role, and a report to which they stand that way and no other.</summary>
    private static (Person Person, Report Report, DateTimeOffset Now) Situation(Role role, string stand)
    {
        var department = stand switch { "own" => ReportWalk.Department, "assisting" => ReportWalk.Assisting, "reexamining" => "city", _ => "fire" };
        var walk = ReportWalk.In(stand is "reexamining" ? ReportState.UnderReexamination : ReportState.Verifying);
        if (stand is "listed")
            walk.Do(ReportAction.ListForSupervision);
        if (stand is "overdue")
            walk.Until(walk.Report.NextDueAt!.Value);
        return (new Person(Guid.NewGuid(), department, [role], Reexamines: stand is "reexamining"), walk.Report, walk.Now);
    }
}
