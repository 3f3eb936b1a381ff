using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Intake;

/// <summary>Keeps the answers so far, sealed under the visitor's key.</summary>
public sealed record SaveDraft(DraftPass Pass, DraftContent Content) : ICommand<Unit>;

internal sealed class SaveDraftHandler(ReportsDbContext db) : IRequestHandler<SaveDraft, Unit>
{
    public async Task<Unit> Handle(SaveDraft request, CancellationToken cancellationToken)
    {
        var sealedAnswers = request.Pass.Seal(request.Content);
        var saved = await db.Drafts.Where(d => d.Id == request.Pass.Id && d.SealedFiled == null)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.SealedAnswers, sealedAnswers), cancellationToken);
        return saved == 1 ? Unit.Value : throw new NotFoundException();
    }
}
