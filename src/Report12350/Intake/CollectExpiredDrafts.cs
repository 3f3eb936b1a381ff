using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Conversations;
using Report12350.Data;
using Report12350.Evidence;
using Report12350.Messaging;

namespace Report12350.Intake;

/// <summary>Throws away drafts and conversations whose day is over, with their files, and files that never came to belong to anything.</summary>
public sealed record CollectExpiredDrafts : ICommand<Unit>;

internal sealed class CollectExpiredDraftsHandler(ReportsDbContext db, EvidenceFiles evidence, EvidenceSpool spool, TimeProvider time)
    : IRequestHandler<CollectExpiredDrafts, Unit>
{
    private const int Batch = 200;

    public async Task<Unit> Handle(CollectExpiredDrafts request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var drafts = await db.Drafts.Where(d => d.ExpiresAt <= now).OrderBy(d => d.ExpiresAt).Select(d => d.Id).Take(Batch).ToListAsync(cancellationToken);
        var files = await db.EvidenceFiles.Where(f => f.DraftId != null && drafts.Contains(f.DraftId.Value)).StoredIdsAsync(cancellationToken);
        await db.EvidenceFiles.Where(f => files.Contains(f.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.Drafts.Where(d => drafts.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
        var coming = await db.EvidenceUploads.Where(u => u.ExpiresAt <= now).Select(u => new { u.Id, u.IsWhole }).Take(Batch).ToListAsync(cancellationToken);
        var over = coming.ConvertAll(u => u.Id);
        await db.EvidenceUploads.Where(u => over.Contains(u.Id)).ExecuteDeleteAsync(cancellationToken);
        foreach (var file in files.Union(coming.Where(u => !u.IsWhole).Select(u => u.Id)))
            await evidence.DeleteAsync(file, cancellationToken);
        await db.ForgetConversationsAsync(
            await db.Conversations.Where(c => c.ExpiresAt <= now).OrderBy(c => c.ExpiresAt).Select(c => c.Id).Take(Batch).ToListAsync(cancellationToken), cancellationToken);
        await db.ConversationTickets.Where(t => t.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        await CollectStraysAsync(now - StartDraftHandler.Life, cancellationToken);
        return Unit.Value;
    }

    private async Task CollectStraysAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await spool.CollectAsync(before, cancellationToken);
        await foreach (var ids in evidence.UntouchedSinceAsync(before, cancellationToken).Chunk(Batch).WithCancellation(cancellationToken))
        {
            var kept = await db.EvidenceFiles.Where(f => ids.Contains(f.Id) || (f.CopyId != null && ids.Contains(f.CopyId.Value))).StoredIdsAsync(cancellationToken);
            kept.AddRange(await db.EvidenceUploads.Where(u => ids.Contains(u.Id)).Select(u => u.Id).ToListAsync(cancellationToken));
            foreach (var stray in ids.Except(kept))
                await evidence.DeleteAsync(stray, cancellationToken);
        }
    }
}
