using FluentValidation;
using MediatR;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>暂缓: the penalty is under appeal. The reason is kept in the dossier.</summary>
public sealed record SuspendReward(Guid Claim, int Version, string Reason) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.Suspend;

    public override string ToString() => nameof(SuspendReward);
}

public sealed class SuspendRewardValidator : AbstractValidator<SuspendReward>
{
    public SuspendRewardValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().WithMessage("rewards.error.reason").MaximumLength(CastVote.LongestReason).WithMessage("rewards.error.reasonLong");
    }
}

internal sealed class SuspendRewardHandler(ReportsDbContext db, RewardDossiers dossiers, TimeProvider time) : IRequestHandler<SuspendReward, Unit>
{
    public async Task<Unit> Handle(SuspendReward request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        claim.Suspend(time.GetUtcNow());
        await dossiers.NoteAsync(claim, request.Action, request.Reason, cancellationToken);
        return Unit.Value;
    }
}
