using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Rewards;

/// <summary>收款信息, seen by the cashiers alone and only until the reward is paid.</summary>
public sealed record Payee(string? Name, string? Bank, string? Account)
{
    public override string ToString() => nameof(Payee);
}

/// <summary>领奖, once.</summary>
/// <param name="Payee">Null: collected at the counter.</param>
public sealed record ClaimReward(ClaimProof Proof, Payee? Payee) : ICommand<Unit>
{
    public override string ToString() => nameof(ClaimReward);
}

public sealed class ClaimRewardValidator : AbstractValidator<ClaimReward>
{
    public ClaimRewardValidator()
    {
        When(c => c.Payee is not null, () =>
        {
            RuleFor(c => c.Payee!.Name).NotEmpty().WithMessage("rewards.claim.error.name").MaximumLength(60).WithMessage("rewards.claim.error.name");
            RuleFor(c => c.Payee!.Bank).NotEmpty().WithMessage("rewards.claim.error.bank").MaximumLength(100).WithMessage("rewards.claim.error.bank");
            RuleFor(c => c.Payee!.Account).Must(IsAccount).WithMessage("rewards.claim.error.account");
        });
    }

    private static bool IsAccount(string? account)
    {
        var signs = (account ?? "").Where(sign => !char.IsWhiteSpace(sign) && sign is not '-').ToList();
        return signs.Count is >= 8 and <= 32 && signs.TrueForAll(char.IsAsciiDigit);
    }
}

internal sealed class ClaimRewardHandler(ReportsDbContext db, GroupKeys groups, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ClaimReward, Unit>
{
    public async Task<Unit> Handle(ClaimReward request, CancellationToken cancellationToken)
    {
        var claim = await db.LockedClaimAsync(request.Proof.Claim, cancellationToken);
        var report = await db.Reports.Where(r => r.Id == claim.ReportId).Select(r => new { r.FiledOn, r.Anonymity }).SingleAsync(cancellationToken);
        if (report.Anonymity is Anonymity.Anonymous && profile.AnonymousPayout.On(report.FiledOn) is AnonymousPayout.Off)
            throw new RuleBrokenException("rule.AnonymousPayoutOff");
        claim.Claim(await SealAsync(claim, request.Payee, cancellationToken), time.GetUtcNow());
        return Unit.Value;
    }

    private async Task<byte[]?> SealAsync(RewardClaim claim, Payee? payee, CancellationToken cancellationToken)
    {
        if (payee is null)
            return null;
        var account = string.Concat(payee.Account!.Where(char.IsAsciiDigit));
        var value = JsonSerializer.SerializeToUtf8Bytes(new Payee(payee.Name!.Trim(), payee.Bank!.Trim(), account));
        return await groups.SealForGroupAsync(claim.ReportId, Groups.Cashiers, value, Places.Payee(claim.Id), cancellationToken);
    }
}
