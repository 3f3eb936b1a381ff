using MediatR;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Intake;

/// <summary>Keeps the answers so far, sealed under the visitor's key. The files are those attached, whatever the content says of them.</summary>
public sealed record SaveDraft(DraftPass Pass, DraftContent Content) : ICommand<Unit>;

internal sealed class SaveDraftHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<SaveDraft, Unit>
{
    public async Task<Unit> Handle(SaveDraft request, CancellationToken cancellationToken)
    {
        var draft = await db.LockedUnfiledDraftAsync(request.Pass.Id, time.GetUtcNow(), cancellationToken);
        request.Content.Files = request.Pass.Open(draft).Files;
        draft.SealedAnswers = request.Pass.Seal(request.Content);
        return Unit.Value;
    }
}
