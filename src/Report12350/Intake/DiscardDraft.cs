using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Evidence;
using Report12350.Messaging;

namespace Report12350.Intake;

/// <summary>Throws the draft and its files away, at the visitor's wish.</summary>
public sealed record DiscardDraft(DraftPass Pass) : ICommand<Unit>;

internal sealed class DiscardDraftHandler(ReportsDbContext db, FilesTakenAway taken) : IRequestHandler<DiscardDraft, Unit>
{
    public async Task<Unit> Handle(DiscardDraft request, CancellationToken cancellationToken)
    {
        var files = await db.EvidenceFiles.Where(f => f.DraftId == request.Pass.Id).StoredIdsAsync(cancellationToken);
        await db.EvidenceFiles.Where(f => f.DraftId == request.Pass.Id).ExecuteDeleteAsync(cancellationToken);
        var coming = await db.EvidenceUploads.Where(u => u.DraftId == request.Pass.Id).Select(u => u.Id).ToListAsync(cancellationToken);
        await db.EvidenceUploads.Where(u => u.DraftId == request.Pass.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Drafts.Where(d => d.Id == request.Pass.Id && d.SealedFiled == null).ExecuteDeleteAsync(cancellationToken);
        taken.Add(files.Union(coming));
        return Unit.Value;
    }
}
