using FluentValidation;
using MediatR;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Rewards;

/// <summary>延长领奖期限, with a reason kept in the dossier.</summary>
/// <param name="LastDay">Last day on which the reward can be claimed.</param>
public sealed record ExtendClaim(Guid Claim, int Version, DateOnly LastDay, string Reason) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.ExtendClaim;

    public override string ToString() => nameof(ExtendClaim);
}

public sealed class ExtendClaimValidator : AbstractValidator<ExtendClaim>
{
    public ExtendClaimValidator()
    {
        RuleFor(c => c.LastDay).NotEmpty().WithMessage("rewards.error.day");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("rewards.error.reason").MaximumLength(CastVote.LongestReason).WithMessage("rewards.error.reasonLong");
    }
}

internal sealed class ExtendClaimHandler(ReportsDbContext db, RewardDossiers dossiers, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ExtendClaim, Unit>
{
    public async Task<Unit> Handle(ExtendClaim request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        claim.ExtendClaim(profile.DeadlinesOn(matter.Own.FiledOn).EndOf(request.LastDay), time.GetUtcNow());
        await dossiers.NoteAsync(claim, request.Action, request.Reason, cancellationToken);
        return Unit.Value;
    }
}
