using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;

namespace Report12350.Tests.Rewards;

/// <summary>Walks one reward through its procedure, one act an hour.</summary>
public sealed class RewardWalk
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 1, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Due = Start.AddDays(60);
    public static readonly Guid RewardOfficer = Person(1);
    public static readonly Guid Cashier = Person(2);
    public static readonly Guid Acceptor = Person(3);
    public static readonly Guid Verifier = Person(4);

    private int members = 100;

    private RewardWalk(bool wanted) =>
        Claim = new RewardClaim(Guid.CreateVersion7(Start), ReportId.New(Start), "26030200014", wanted, claimCodeHash: [1], Start);

    public RewardClaim Claim { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    public Guid NextMember => Person(members);

    public static Guid Person(int no) => new(no, 0, 0, new byte[8]);

    /// <summary>The shortest way to the state.</summary>
    public static RewardWalk In(RewardState state) => new RewardWalk(wanted: state is not RewardState.NotWanted).To(state);

    public RewardWalk Ballots(params IEnumerable<Ballot> ballots)
    {
        foreach (var ballot in ballots)
            Claim.Vote(Person(members++), ballot, reason: null, Now);
        return this;
    }

    public RewardWalk Until(DateTimeOffset instant)
    {
        Now = instant;
        return this;
    }

    public RewardWalk Do(params IEnumerable<RewardAction> actions)
    {
        foreach (var action in actions)
        {
            Act(action);
            Now = Now.AddHours(1);
        }

        return this;
    }

    public static RewardCalculation Worth(decimal amount) => new("reward.rule.penalty", "2024", [], amount);

    private RewardWalk To(RewardState state) => state switch
    {
        RewardState.NotWanted or RewardState.Pending => this,
        RewardState.Ineligible => Do(RewardAction.RuleOut),
        RewardState.Eligible => Do(RewardAction.Assess),
        RewardState.Suspended => Do(RewardAction.Assess, RewardAction.Suspend),
        RewardState.Proposed => Do(RewardAction.Assess, RewardAction.Propose),
        RewardState.Voting => To(RewardState.Proposed).Do(RewardAction.OpenVote),
        RewardState.Approved => To(RewardState.Voting).Ballots(Ballot.Approve).Do(RewardAction.Approve),
        RewardState.Rejected => To(RewardState.Voting).Ballots(Ballot.Reject).Do(RewardAction.Reject),
        RewardState.ClaimOpen => To(RewardState.Approved).Do(RewardAction.Notify),
        RewardState.Claimed => To(RewardState.ClaimOpen).Do(RewardAction.Claim),
        RewardState.Paid => To(RewardState.Claimed).Do(RewardAction.Pay),
        RewardState.Forfeited => To(RewardState.ClaimOpen).Until(Due).Do(RewardAction.Forfeit),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Approve and Reject are the two ends of one count, so each counts and must find its own result.</summary>
    private void Act(RewardAction action)
    {
        switch (action)
        {
            case RewardAction.Assess: Claim.Assess(RewardOfficer, Now); break;
            case RewardAction.RuleOut: Claim.RuleOut(RewardOfficer, [IneligibleReason.AlreadyKnown], Now); break;
            case RewardAction.Reopen: Claim.Reopen(Now); break;
            case RewardAction.StartOver: Claim.StartOver(Now); break;
            case RewardAction.Propose: Claim.Propose(RewardOfficer, Worth(3000), "{}", Now); break;
            case RewardAction.OpenVote: Claim.OpenVote(Now); break;
            case RewardAction.Vote: Claim.Vote(Person(members++), Ballot.Approve, reason: null, Now); break;
            case RewardAction.Recuse: Claim.Vote(Person(members++), Ballot.Recused, reason: null, Now); break;
            case RewardAction.Approve: Claim.CloseVote(1, 0.5m, 2026, Now).ShouldBeTrue(); break;
            case RewardAction.Reject: Claim.CloseVote(1, 0.5m, 2026, Now).ShouldBeFalse(); break;
            case RewardAction.Notify: Claim.Notify(Due, Now); break;
            case RewardAction.Claim: Claim.Claim([9], Now); break;
            case RewardAction.ExtendClaim: Claim.ExtendClaim(Due.AddDays(30), Now); break;
            case RewardAction.Pay: Claim.Pay(Cashier, [Acceptor, Verifier], Now); break;
            case RewardAction.Forfeit: Claim.Forfeit(Now); break;
            case RewardAction.Suspend: Claim.Suspend(Now); break;
            case RewardAction.Resume: Claim.Resume(Now); break;
            default: throw new ArgumentOutOfRangeException(nameof(action));
        }
    }
}
