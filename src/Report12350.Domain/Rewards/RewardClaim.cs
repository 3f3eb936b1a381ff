using Report12350.Domain.Reports;

namespace Report12350.Domain.Rewards;

/// <summary>A step was taken on a reward: ids only.</summary>
public sealed record RewardProgressed(Guid Report, Guid Claim, int Step, RewardAction Action);

/// <summary>One member's vote (表决). Secret to other members until the vote closes.</summary>
public sealed class CommitteeVote
{
    private CommitteeVote()
    {
    }

    internal CommitteeVote(Guid memberId, Ballot ballot, DateTimeOffset at, byte[]? reason)
    {
        MemberId = memberId;
        Ballot = ballot;
        At = at;
        SealedReason = reason;
    }

    public Guid MemberId { get; private set; }

    public Ballot Ballot { get; private set; }

    public DateTimeOffset At { get; private set; }

    public byte[]? SealedReason { get; private set; }
}

/// <summary>奖励: one report's claim on the year's reward fund, from assessment to payment.</summary>
public sealed class RewardClaim
{
    private readonly List<CommitteeVote> _votes = [];
    private readonly List<RewardProgressed> _events = [];

    private RewardClaim()
    {
    }

    /// <param name="id">Made while the report was drafted: it salts the claim code's hash.</param>
    public RewardClaim(Guid id, ReportId report, string number, bool wanted, byte[]? claimCodeHash, DateTimeOffset now)
    {
        Id = id;
        ReportId = report;
        Number = number;
        MatterId = report.Value;
        State = wanted ? RewardState.Pending : RewardState.NotWanted;
        ClaimCodeHash = claimCodeHash;
        ChangedAt = now;
    }

    public Guid Id { get; private set; }

    public ReportId ReportId { get; private set; }

    /// <summary>The report's number: the claim is made with it and the claim code.</summary>
    public string Number { get; private set; } = "";

    public Guid MatterId { get; private set; }

    public RewardState State { get; private set; }

    public int Step { get; private set; }

    public int Version { get; private set; }

    public byte[]? ClaimCodeHash { get; private set; }

    public IReadOnlyList<IneligibleReason> Reasons { get; private set; } = [];

    public Guid? AssessedBy { get; private set; }

    /// <summary>What the reward officer and the committee may read of the report: text an officer wrote anew, under its own key.</summary>
    public byte[]? SealedDossier { get; private set; }

    public Guid? ProposedBy { get; private set; }

    public decimal? Amount { get; private set; }

    /// <summary>The proposal's arithmetic, as computed that day: inputs, rule, version, each step.</summary>
    public string? Arithmetic { get; private set; }

    /// <summary>Year of the fund that the approval commits.</summary>
    public int? FundYear { get; private set; }

    public DateTimeOffset? VoteClosedAt { get; private set; }

    public DateTimeOffset? ClaimDueAt { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    /// <summary>Where to pay, sealed for the cashiers; null when the claimant collects at the counter.</summary>
    public byte[]? SealedPayee { get; private set; }

    public Guid? PaidBy { get; private set; }

    public DateTimeOffset? PaidAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public IReadOnlyList<CommitteeVote> Votes => _votes;

    public IReadOnlyList<RewardProgressed> Events => _events;

    public void EventsSaved() => _events.Clear();

    /// <summary>评定符合条件. That it is the matter's first accepted report is the caller's to make sure, under the matter's lock.</summary>
    public void Assess(Guid by, DateTimeOffset now)
    {
        Do(RewardAction.Assess, now);
        AssessedBy = by;
    }

    public void RuleOut(Guid by, IReadOnlyList<IneligibleReason> reasons, DateTimeOffset now)
    {
        RewardWorkflow.Require(State, RewardAction.RuleOut);
        if (reasons.Count == 0)
            throw new RuleBrokenException("rule.IneligibleNeedsReason");
        Do(RewardAction.RuleOut, now);
        AssessedBy = by;
        Reasons = [.. reasons.Distinct()];
    }

    public void Reopen(DateTimeOffset now)
    {
        Do(RewardAction.Reopen, now);
        Reasons = [];
    }

    /// <summary>复查撤销原结论: assessed again from the start; an open vote is cancelled and its ballots are gone. Money committed is the caller's to release first.</summary>
    public void StartOver(DateTimeOffset now)
    {
        Do(RewardAction.StartOver, now);
        _votes.Clear();
        (AssessedBy, ProposedBy, Amount, Arithmetic) = (null, null, null, null);
        (VoteClosedAt, FundYear) = (null, null);
    }

    public void WriteDossier(byte[] dossier)
    {
        SealedDossier = dossier;
        Version++;
    }

    /// <summary>并案: the reward stands in the matter the report was merged into.</summary>
    public void JoinMatter(Guid matterId)
    {
        MatterId = matterId;
        Version++;
    }

    public void Propose(Guid by, RewardCalculation calculation, string arithmetic, DateTimeOffset now)
    {
        RewardWorkflow.Require(State, RewardAction.Propose);
        if (calculation.Amount <= 0)
            throw new RuleBrokenException("rule.NothingToPropose");
        Do(RewardAction.Propose, now);
        ProposedBy = by;
        Amount = calculation.Amount;
        Arithmetic = arithmetic;
    }

    public void OpenVote(DateTimeOffset now) => Do(RewardAction.OpenVote, now);

    /// <summary>投票, once a member; the proposer can't vote.</summary>
    public void Vote(Guid member, Ballot ballot, byte[]? reason, DateTimeOffset now)
    {
        var action = ballot is Ballot.Recused ? RewardAction.Recuse : RewardAction.Vote;
        RewardWorkflow.Require(State, action);
        if (member == ProposedBy)
            throw new RuleBrokenException("rule.ProposerMayNotVote");
        if (_votes.Exists(v => v.MemberId == member))
            throw new RuleBrokenException("rule.VotedAlready");
        Do(action, now);
        _votes.Add(new CommitteeVote(member, ballot, now, reason));
    }

    /// <summary>计票: approves or rejects by quorum and majority of the profile. Returns whether it was approved.</summary>
    /// <param name="quorum">Ballots that must have been cast, abstentions included, recusals not.</param>
    /// <param name="majority">Share of the votes for and against that must be exceeded.</param>
    public bool CloseVote(int quorum, decimal majority, int fundYear, DateTimeOffset now)
    {
        RewardWorkflow.Require(State, RewardAction.Approve);
        var cast = _votes.Where(v => v.Ballot is not Ballot.Recused).ToList();
        if (cast.Count < quorum)
            throw new RuleBrokenException("rule.QuorumMissing", cast.Count, quorum);
        var ayes = cast.Count(v => v.Ballot is Ballot.Approve);
        var decided = cast.Count(v => v.Ballot is Ballot.Approve or Ballot.Reject);
        var approved = decided > 0 && ayes > majority * decided;
        Do(approved ? RewardAction.Approve : RewardAction.Reject, now);
        VoteClosedAt = now;
        FundYear = approved ? fundYear : null;
        return approved;
    }

    public void Notify(DateTimeOffset claimDueAt, DateTimeOffset now)
    {
        Do(RewardAction.Notify, now);
        ClaimDueAt = claimDueAt;
    }

    /// <summary>领奖, once.</summary>
    public void Claim(byte[]? payee, DateTimeOffset now)
    {
        if (State is RewardState.Claimed or RewardState.Paid)
            throw new RuleBrokenException("rule.ClaimedAlready");
        RewardWorkflow.Require(State, RewardAction.Claim);
        if (now >= ClaimDueAt)
            throw new RuleBrokenException("rule.ClaimTooLate");
        Do(RewardAction.Claim, now);
        ClaimedAt = now;
        SealedPayee = payee;
    }

    /// <summary>换钥: the cashiers' key is another, where to pay is the same.</summary>
    public void PayeeSealedAnew(byte[] payee) => SealedPayee = payee;

    public void ExtendClaim(DateTimeOffset dueAt, DateTimeOffset now)
    {
        RewardWorkflow.Require(State, RewardAction.ExtendClaim);
        if (dueAt <= ClaimDueAt)
            throw new RuleBrokenException("rule.ClaimExtensionInvalid");
        Do(RewardAction.ExtendClaim, now);
        ClaimDueAt = dueAt;
    }

    /// <summary>发放, once; by none of those who accepted or verified the report (三专).</summary>
    public void Pay(Guid by, IReadOnlyCollection<Guid> acceptorAndVerifiers, DateTimeOffset now)
    {
        if (State is RewardState.Paid)
            throw new RuleBrokenException("rule.PaidAlready");
        RewardWorkflow.Require(State, RewardAction.Pay);
        if (acceptorAndVerifiers.Contains(by))
            throw new RuleBrokenException("rule.PayerMustBeAnother");
        Do(RewardAction.Pay, now);
        PaidBy = by;
        PaidAt = now;
        SealedPayee = null;
    }

    public void Forfeit(DateTimeOffset now)
    {
        RewardWorkflow.Require(State, RewardAction.Forfeit);
        if (now < ClaimDueAt)
            throw new RuleBrokenException("rule.ClaimStillOpen");
        Do(RewardAction.Forfeit, now);
    }

    public void Suspend(DateTimeOffset now) => Do(RewardAction.Suspend, now);

    public void Resume(DateTimeOffset now) => Do(RewardAction.Resume, now);

    /// <summary>The report was erased: of a reward that was paid stay number, amount and day, for the county's books.</summary>
    public void Forget()
    {
        (SealedDossier, Arithmetic, SealedPayee, ClaimCodeHash) = (null, null, null, null);
        _votes.Clear();
        Version++;
    }

    private void Do(RewardAction action, DateTimeOffset now)
    {
        RewardWorkflow.Fire(State, action, state => State = state);
        Step++;
        Version++;
        ChangedAt = now;
        _events.Add(new RewardProgressed(ReportId.Value, Id, Step, action));
    }
}
