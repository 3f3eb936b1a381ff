using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Intake;

/// <summary>Takes a draft's row for one at a time, so that of two at once the second sees what the first did.</summary>
internal static class DraftLocking
{
    /// <summary>To be called inside a transaction, before anything else is read.</summary>
    /// <exception cref="NotFoundException">No such draft, or its day is over.</exception>
    public static async Task<Draft> LockedDraftAsync(this ReportsDbContext db, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What this request read before it waits for the lock is old then.
        if (db.Drafts.Local.FirstOrDefault(d => d.Id == id) is { } old)
            db.Entry(old).State = EntityState.Detached;
        var locked = await db.Drafts.FromSql($"""UPDATE "Drafts" SET "StaffId" = "StaffId" WHERE "Id" = {id} RETURNING *""").ToListAsync(cancellationToken);
        return locked is [{ } draft] && draft.ExpiresAt > now ? draft : throw new NotFoundException();
    }

    /// <summary>As above, and not filed yet.</summary>
    public static async Task<Draft> LockedUnfiledDraftAsync(this ReportsDbContext db, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var draft = await db.LockedDraftAsync(id, now, cancellationToken);
        return draft.SealedFiled is null ? draft : throw new NotFoundException();
    }
}
