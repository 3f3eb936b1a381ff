using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Redaction;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>The dossier of one reward with all that can be done about it; reading it is audited.</summary>
public sealed record ReadReward(string Number) : IQuery<RewardFile>, INeedRole, IConcernNumber
{
    public IReadOnlyList<Role> Roles => [Role.RewardOfficer, Role.CommitteeMember];
}

/// <param name="Dossier">Null until a verification is concluded.</param>
/// <param name="Masked">Null unless the report was masked for good.</param>
public sealed record RewardFile(
    Guid Claim,
    int Version,
    string Number,
    RewardState State,
    Dossier? Dossier,
    bool FirstAccepted,
    RewardArithmetic? Arithmetic,
    decimal? Amount,
    IReadOnlyList<IneligibleReason> Reasons,
    VoteStanding? Vote,
    DateOnly? LastDay,
    DateOnly? PaidOn,
    IReadOnlyList<LocalItem> LocalItems,
    IReadOnlyList<AllowedStep> Allowed,
    MaskedCopy? Masked)
{
    public bool May(RewardAction action) => Allowed.Any(step => step.Action == action);

    public string Article(RewardAction action) => Allowed.First(step => step.Action == action).Article;
}

/// <summary>An act open to this person now, with its article.</summary>
public sealed record AllowedStep(RewardAction Action, string Article);

/// <summary>The vote as this person may see it: until it closes, how many have voted and their own ballot.</summary>
/// <param name="Refusal">Key of the text that says why this member has no vote here.</param>
/// <param name="Ballots">Null until the vote is closed.</param>
public sealed record VoteStanding(int Entitled, int Cast, int Quorum, Ballot? Mine, string? Refusal, IReadOnlyList<BallotLine>? Ballots);

public sealed record BallotLine(string Member, Ballot Ballot, string? Reason);

internal sealed class ReadRewardHandler(
    ReportsDbContext db, RewardDossiers dossiers, MaskedCopies masked, VoteCount count, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ReadReward, RewardFile>
{
    public async Task<RewardFile> Handle(ReadReward request, CancellationToken cancellationToken)
    {
        var claim = await db.RewardClaims.AsNoTracking().FirstOrDefaultAsync(c => c.Number == request.Number && c.State != RewardState.NotWanted, cancellationToken)
            ?? throw new NotFoundException();
        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        var dossier = claim.SealedDossier is null ? null : await dossiers.ReadAsync(claim, cancellationToken);
        var deadlines = profile.DeadlinesOn(matter.Own.FiledOn);
        var vote = claim.State is RewardState.Voting || claim.VoteClosedAt is not null ? await VoteAsync(claim, matter, dossier, cancellationToken) : null;
        return new RewardFile(
            claim.Id,
            claim.Version,
            claim.Number,
            claim.State,
            dossier?.Content,
            matter.OwnIsFirstAccepted,
            dossier?.Arithmetic(claim.Arithmetic),
            claim.Amount,
            claim.Reasons,
            vote,
            claim.ClaimDueAt is { } due ? deadlines.LastDay(due) : null,
            claim.PaidAt is { } paid ? deadlines.LegalDay(paid) : null,
            profile.RewardScale.On(matter.Own.FiledOn).LocalItems,
            [.. Steps(claim, matter, vote)],
            await masked.ReadForRewardAsync(claim.ReportId, cancellationToken));
    }

    private async Task<VoteStanding> VoteAsync(RewardClaim claim, RewardMatter matter, OpenedDossier? dossier, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        var entitled = await count.EntitledAsync(claim, matter, cancellationToken);
        var mine = claim.Votes.Where(v => v.MemberId == me).Select(v => (Ballot?)v.Ballot).FirstOrDefault();
        var refusal = !current.Is(Role.CommitteeMember) ? null
            : me == claim.ProposedBy ? "rule.ProposerMayNotVote"
            : matter.HandledBy.Contains(me) ? "rule.MemberExcluded"
            : null;
        var quorum = profile.Committee.On(matter.Own.FiledOn).Quorum;
        return new VoteStanding(entitled.Count, claim.Votes.Count, quorum, mine, refusal, await BallotsAsync(claim, dossier, cancellationToken));
    }

    private async Task<IReadOnlyList<BallotLine>?> BallotsAsync(RewardClaim claim, OpenedDossier? dossier, CancellationToken cancellationToken)
    {
        if (claim.VoteClosedAt is null)
            return null;
        var members = claim.Votes.Select(v => v.MemberId).ToList();
        var names = await db.Staff.Where(m => members.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.DisplayName, cancellationToken);
        return
        [
            .. claim.Votes.Select(v => new BallotLine(names.GetValueOrDefault(v.MemberId, ""), v.Ballot, dossier?.Reason(v)))
                .OrderBy(l => l.Member, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<AllowedStep> Steps(RewardClaim claim, RewardMatter matter, VoteStanding? vote)
    {
        foreach (var action in RewardWorkflow.Allowed(claim.State))
        {
            if (Permissions.OnRewards.TryGetValue(action, out var role) && current.Is(role) && !IsShut(action, claim, matter, vote))
                yield return new AllowedStep(action, RewardWorkflow.ArticleOf(claim.State, action));
        }
    }

    private bool IsShut(RewardAction action, RewardClaim claim, RewardMatter matter, VoteStanding? vote) => action switch
    {
        RewardAction.Vote or RewardAction.Recuse => vote is { Mine: not null } or { Refusal: not null },
        RewardAction.Assess => claim.SealedDossier is null || !matter.OwnIsFirstAccepted || !matter.Substantiated,
        RewardAction.RuleOut => claim.SealedDossier is null,
        RewardAction.Reopen => matter.Root.VerificationRound < 2,
        RewardAction.Forfeit => time.GetUtcNow() < claim.ClaimDueAt,
        RewardAction.Pay => true,
        _ => false,
    };
}
