using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Identity;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Identity;

/// <summary>Loads a request for a decision (申请载入), and says for how long one may be granted.</summary>
internal static class RevealLoading
{
    /// <exception cref="StaleException">Decided by another custodian meanwhile.</exception>
    public static async Task<RevealRequest> LoadRevealAsync(this ReportsDbContext db, Guid id, int version, CancellationToken cancellationToken)
    {
        var asked = await db.RevealRequests.FirstOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new NotFoundException();
        return asked.Version == version ? asked : throw new StaleException();
    }

    public static int RevealHours(this JurisdictionProfile profile, TimeProvider time) =>
        profile.Retention.On(profile.DayOf(time.GetUtcNow())).RevealHours;
}
