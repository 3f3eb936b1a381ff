using FluentValidation;
using MediatR;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>投票 or 回避. What is voted on can't change while the vote is open, so the members don't wait for each other's version.</summary>
public sealed record CastVote(Guid Claim, Ballot Ballot, string? Reason = null) : ICommand<Unit>, IActOnReward
{
    public const int LongestReason = 1000;

    int IActOnReward.Version => 0;

    public RewardAction Action => Ballot is Ballot.Recused ? RewardAction.Recuse : RewardAction.Vote;

    public override string ToString() => nameof(CastVote);
}

public sealed class CastVoteValidator : AbstractValidator<CastVote>
{
    public CastVoteValidator()
    {
        RuleFor(c => c.Ballot).IsInEnum().WithMessage("rewards.error.ballot");
        RuleFor(c => c.Reason).MaximumLength(CastVote.LongestReason).WithMessage("rewards.error.reasonLong");
    }
}

internal sealed class CastVoteHandler(ReportsDbContext db, RewardDossiers dossiers, VoteCount count, CurrentStaff current, TimeProvider time)
    : IRequestHandler<CastVote, Unit>
{
    public async Task<Unit> Handle(CastVote request, CancellationToken cancellationToken)
    {
        var member = current.Required().Id;
        var claim = await db.LockedClaimAsync(request.Claim, cancellationToken);
        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        if (request.Ballot is not Ballot.Recused && matter.HandledBy.Contains(member))
            throw new RuleBrokenException("rule.MemberExcluded");
        var dossier = await dossiers.OpenAsync(claim, cancellationToken);
        claim.Vote(member, request.Ballot, dossier.SealReason(member, request.Reason), time.GetUtcNow());
        await count.CloseIfCompleteAsync(claim, matter, cancellationToken);
        return Unit.Value;
    }
}
