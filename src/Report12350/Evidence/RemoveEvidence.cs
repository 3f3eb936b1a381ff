using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Evidence;

/// <summary>Takes a file out of a draft again.</summary>
public sealed record RemoveEvidence(DraftPass Pass, Guid FileId) : ICommand<Unit>;

internal sealed class RemoveEvidenceHandler(ReportsDbContext db, FilesTakenAway taken, TimeProvider time) : IRequestHandler<RemoveEvidence, Unit>
{
    public async Task<Unit> Handle(RemoveEvidence request, CancellationToken cancellationToken)
    {
        var draft = await db.LockedUnfiledDraftAsync(request.Pass.Id, time.GetUtcNow(), cancellationToken);
        var content = request.Pass.Open(draft);
        if (!content.Files.Remove(request.FileId))
            return Unit.Value;
        draft.SealedAnswers = request.Pass.Seal(content);
        taken.Add(await db.EvidenceFiles.Where(f => f.Id == request.FileId && f.DraftId == draft.Id).StoredIdsAsync(cancellationToken));
        await db.EvidenceFiles.Where(f => f.Id == request.FileId && f.DraftId == draft.Id).ExecuteDeleteAsync(cancellationToken);
        await db.EvidenceUploads.Where(u => u.Id == request.FileId).ExecuteDeleteAsync(cancellationToken);
        return Unit.Value;
    }
}
