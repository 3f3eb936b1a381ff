using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Rewards;

/// <summary>发放清单 for the finance bureau, as CSV: number, amount and day of each reward paid from a year's fund, nothing else.</summary>
public sealed record ExportPayments(int Year) : IQuery<string>, INeedRole, INeedStepUp
{
    public IReadOnlyList<Role> Roles => [Role.Cashier, Role.RewardOfficer, Role.Auditor];
}

internal sealed class ExportPaymentsHandler(ReportsDbContext db, JurisdictionProfile profile, AuditTrail audit) : IRequestHandler<ExportPayments, string>
{
    public async Task<string> Handle(ExportPayments request, CancellationToken cancellationToken)
    {
        var paid = await db.RewardClaims.AsNoTracking().Where(c => c.State == RewardState.Paid && c.FundYear == request.Year)
            .OrderBy(c => c.PaidAt).Select(c => new { c.Number, c.Amount, c.PaidAt }).ToListAsync(cancellationToken);
        await audit.NoteAsync(nameof(ExportPayments), report: null, cancellationToken);
        var text = new StringBuilder("number,amount,date\r\n");
        foreach (var line in paid)
        {
            var day = line.PaidAt!.Value.ToOffset(profile.UtcOffset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{Csv.Cell(line.Number)},{line.Amount:0.00},{day}\r\n");
        }

        return text.ToString();
    }
}
