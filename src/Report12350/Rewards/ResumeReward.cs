using FluentValidation;
using MediatR;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>恢复, once the penalty is effective: the amount is proposed anew.</summary>
public sealed record ResumeReward(Guid Claim, int Version, string Reason) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.Resume;

    public override string ToString() => nameof(ResumeReward);
}

public sealed class ResumeRewardValidator : AbstractValidator<ResumeReward>
{
    public ResumeRewardValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().WithMessage("rewards.error.reason").MaximumLength(CastVote.LongestReason).WithMessage("rewards.error.reasonLong");
    }
}

internal sealed class ResumeRewardHandler(ReportsDbContext db, RewardDossiers dossiers, TimeProvider time) : IRequestHandler<ResumeReward, Unit>
{
    public async Task<Unit> Handle(ResumeReward request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        claim.Resume(time.GetUtcNow());
        await dossiers.NoteAsync(claim, request.Action, request.Reason, cancellationToken);
        return Unit.Value;
    }
}
