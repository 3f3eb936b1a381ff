using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>What the cashier sees to pay one reward: number, amount and, until it is paid, where to.</summary>
public sealed record ReadPayment(string Number) : IQuery<Payment>, INeedRole, IConcernNumber
{
    public IReadOnlyList<Role> Roles => [Role.Cashier];
}

/// <param name="Excluded">The cashier accepted or verified this report: another one pays, and no payee is shown.</param>
public sealed record Payment(Guid Claim, int Version, string Number, RewardState State, decimal Amount, DateTimeOffset? PaidAt, bool Excluded, Payee? Payee);

internal sealed class ReadPaymentHandler(ReportsDbContext db, GroupKeys groups, CurrentStaff current, AuditTrail audit) : IRequestHandler<ReadPayment, Payment>
{
    public async Task<Payment> Handle(ReadPayment request, CancellationToken cancellationToken)
    {
        var claim = await db.RewardClaims.AsNoTracking().FirstOrDefaultAsync(c => c.Number == request.Number, cancellationToken);
        if (claim is not { State: RewardState.Claimed or RewardState.Paid })
        {
            await audit.RefuseAsync("ReadPayee", claim?.ReportId, cancellationToken);
            throw new NotFoundException();
        }

        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        var excluded = matter.HandledBy.Contains(current.Required().Id);
        if (excluded && claim.SealedPayee is not null)
            await audit.RefuseAsync("ReadPayee", claim.ReportId, cancellationToken);
        var payee = excluded || claim.SealedPayee is null ? null : await OpenAsync(claim, cancellationToken);
        return new Payment(claim.Id, claim.Version, claim.Number, claim.State, claim.Amount!.Value, claim.PaidAt, excluded, payee);
    }

    private async Task<Payee> OpenAsync(RewardClaim claim, CancellationToken cancellationToken)
    {
        var payee = await groups.OpenForGroupAsync(claim.ReportId, Groups.Cashiers, claim.SealedPayee!, Places.Payee(claim.Id), cancellationToken)
            ?? throw new NotPermittedException();
        await audit.NoteAsync("ReadPayee", claim.ReportId, cancellationToken);
        return JsonSerializer.Deserialize<Payee>(payee)!;
    }
}
