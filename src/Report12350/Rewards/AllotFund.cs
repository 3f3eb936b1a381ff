using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>安排奖励资金 of a year, by the safety-committee office: those who propose rewards don't fill the fund.</summary>
public sealed record AllotFund(int Year, decimal? Amount) : ICommand<Unit>, INeedRole
{
    public IReadOnlyList<Role> Roles => [Role.Dispatcher];
}

public sealed class AllotFundValidator : AbstractValidator<AllotFund>
{
    public AllotFundValidator()
    {
        RuleFor(c => c.Year).InclusiveBetween(2018, 2200).WithMessage("rewards.error.year");
        RuleFor(c => c.Amount).NotNull().WithMessage("rewards.error.amount")
            .InclusiveBetween(0, 1_000_000_000).WithMessage("rewards.error.amount")
            .PrecisionScale(12, 2, ignoreTrailingZeros: true).WithMessage("rewards.error.amount");
    }
}

internal sealed class AllotFundHandler(ReportsDbContext db) : IRequestHandler<AllotFund, Unit>
{
    public async Task<Unit> Handle(AllotFund request, CancellationToken cancellationToken)
    {
        if (await db.LockedFundAsync(request.Year, cancellationToken) is { } fund)
            fund.Allot(request.Amount!.Value);
        else
            await AddAsync(new RewardFund(request.Year, request.Amount!.Value), cancellationToken);
        return Unit.Value;
    }

    private async Task AddAsync(RewardFund fund, CancellationToken cancellationToken)
    {
        try
        {
            db.RewardFunds.Add(fund);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate())
        {
            throw new StaleException();
        }
    }
}
