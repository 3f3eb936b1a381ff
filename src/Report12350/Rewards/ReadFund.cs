using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>One year's fund: totals only.</summary>
public sealed record ReadFund(int Year) : IQuery<FundStanding>, INeedRole
{
    public IReadOnlyList<Role> Roles => [Role.RewardOfficer, Role.CommitteeMember, Role.Dispatcher, Role.Cashier, Role.Auditor];
}

/// <param name="Years">Years that have a fund, latest first.</param>
public sealed record FundStanding(int Year, bool Exists, decimal Allotted, decimal Committed, decimal Paid, decimal Free, IReadOnlyList<int> Years);

internal sealed class ReadFundHandler(ReportsDbContext db) : IRequestHandler<ReadFund, FundStanding>
{
    public async Task<FundStanding> Handle(ReadFund request, CancellationToken cancellationToken)
    {
        var years = await db.RewardFunds.OrderByDescending(f => f.Year).Select(f => f.Year).ToListAsync(cancellationToken);
        var fund = await db.RewardFunds.AsNoTracking().FirstOrDefaultAsync(f => f.Year == request.Year, cancellationToken);
        return fund is null
            ? new FundStanding(request.Year, false, 0, 0, 0, 0, years)
            : new FundStanding(fund.Year, true, fund.Allotted, fund.Committed, fund.Paid, fund.Free, years);
    }
}
