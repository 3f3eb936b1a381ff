using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Report12350.Data;

/// <summary>The last thing of a transaction: its audit entries join the chain.</summary>
internal sealed class ChainOnCommit : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ReportsDbContext db)
            await db.ChainAsync(eventData.TransactionId, cancellationToken);
        return result;
    }
}
