using FluentValidation;
using MediatR;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>提出金额: worked out by the scale in force when the report was filed; every step is kept with the proposal.</summary>
public sealed record ProposeReward(
    Guid Claim, int Version, decimal? EffectivePenalty = null, int? ConcealedDeaths = null, int? FinalDeaths = null, string? LocalItemId = null)
    : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.Propose;
}

/// <summary>计算过程: inputs, rule and its version, each step. Kept sealed, since the uplift says what the reporter is to the unit.</summary>
public sealed record RewardArithmetic(RewardBasis Basis, string Rule, string Version, IReadOnlyList<ArithmeticStep> Steps, decimal Amount, DateOnly On)
{
    /// <summary>Keys of the steps that cut to the floor or the cap.</summary>
    public static readonly IReadOnlyList<string> Clamps = ["reward.step.floor", "reward.step.cap"];
}

public sealed class ProposeRewardValidator : AbstractValidator<ProposeReward>
{
    public ProposeRewardValidator()
    {
        RuleFor(c => c.EffectivePenalty).InclusiveBetween(0, 1_000_000_000).WithMessage("rewards.error.penalty");
        RuleFor(c => c.ConcealedDeaths).InclusiveBetween(1, 10_000).WithMessage("rewards.error.deaths");
        RuleFor(c => c.FinalDeaths).InclusiveBetween(1, 10_000).WithMessage("rewards.error.deaths");
    }
}

internal sealed class ProposeRewardHandler(
    ReportsDbContext db, RewardDossiers dossiers, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ProposeReward, Unit>
{
    public async Task<Unit> Handle(ProposeReward request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        matter.RequireSubstantiated();
        var dossier = await dossiers.OpenAsync(claim, cancellationToken);
        var basis = new RewardBasis(
            dossier.Content.FoundKind,
            dossier.Content.Reporter ?? ReporterKind.Citizen,
            request.EffectivePenalty,
            request.ConcealedDeaths,
            request.FinalDeaths,
            request.LocalItemId);
        var result = RewardScale.Calculate(basis, profile.RewardScale.On(matter.Own.FiledOn));
        var now = time.GetUtcNow();
        var on = profile.DeadlinesOn(matter.Own.FiledOn).LegalDay(now);
        var arithmetic = new RewardArithmetic(basis, result.Rule, result.Version, result.Steps, result.Amount, on);
        claim.Propose(current.Required().Id, result, dossier.Seal(arithmetic), now);
        return Unit.Value;
    }
}
