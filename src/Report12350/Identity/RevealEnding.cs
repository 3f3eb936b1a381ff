using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Identity;

namespace Report12350.Identity;

/// <summary>Destroys keys that were handed over (收回身份密钥); the requests stay.</summary>
internal static class RevealEnding
{
    public static Task<int> EndRevealsAsync(this ReportsDbContext db, Expression<Func<RevealRequest, bool>> which, CancellationToken cancellationToken) =>
        db.RevealRequests.Where(r => r.SealedKey != null).Where(which)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.SealedKey, (byte[]?)null), cancellationToken);
}
