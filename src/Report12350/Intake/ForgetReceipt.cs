using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Intake;

/// <summary>"I have saved it": the number and receipt are gone from here for good.</summary>
public sealed record ForgetReceipt(DraftPass Pass) : ICommand<Unit>;

internal sealed class ForgetReceiptHandler(ReportsDbContext db) : IRequestHandler<ForgetReceipt, Unit>
{
    public async Task<Unit> Handle(ForgetReceipt request, CancellationToken cancellationToken)
    {
        await db.Drafts.Where(d => d.Id == request.Pass.Id && d.SealedFiled != null).ExecuteDeleteAsync(cancellationToken);
        return Unit.Value;
    }
}
