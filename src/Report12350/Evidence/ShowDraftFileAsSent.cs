using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Evidence;

/// <summary>保留原样, before filing: whether officers may have a file with all it gives away, as proof or because it could not be cleaned.</summary>
public sealed record ShowDraftFileAsSent(DraftPass Pass, Guid FileId, bool Shown) : ICommand<Unit>;

internal sealed class ShowDraftFileAsSentHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<ShowDraftFileAsSent, Unit>
{
    public async Task<Unit> Handle(ShowDraftFileAsSent request, CancellationToken cancellationToken)
    {
        var draft = await db.LockedUnfiledDraftAsync(request.Pass.Id, time.GetUtcNow(), cancellationToken);
        var content = request.Pass.Open(draft);
        if (!content.Files.TryGetValue(request.FileId, out var said))
            return Unit.Value;
        content.Files[request.FileId] = said = said with { ShownAsSent = request.Shown };
        draft.SealedAnswers = request.Pass.Seal(content);
        var file = await db.EvidenceFiles.SingleAsync(f => f.Id == request.FileId && f.DraftId == draft.Id, cancellationToken);
        file.Describe(ContentKey.From(content.ContentKey).SealJson(said, Places.Evidence(file.Id)), file.CopyId);
        return Unit.Value;
    }
}
