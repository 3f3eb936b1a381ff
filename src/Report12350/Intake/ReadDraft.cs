using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Intake;

/// <summary>The draft the visitor's cookie opens; null when there is none, it expired or the key is wrong.</summary>
public sealed record ReadDraft(DraftPass Pass) : IQuery<OpenDraft?>;

/// <summary>A draft open for its visitor: content while being written, the filed note afterwards.</summary>
public sealed record OpenDraft(DraftContent Content, FiledReport? Filed);

internal sealed class ReadDraftHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<ReadDraft, OpenDraft?>
{
    public async Task<OpenDraft?> Handle(ReadDraft request, CancellationToken cancellationToken)
    {
        var draft = await db.Drafts.AsNoTracking().FirstOrDefaultAsync(d => d.Id == request.Pass.Id, cancellationToken);
        if (draft is null || draft.ExpiresAt <= time.GetUtcNow())
            return null;
        try
        {
            return request.Pass.Filed(draft) is { } filed
                ? new OpenDraft(new DraftContent(), filed)
                : new OpenDraft(request.Pass.Open(draft), null);
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }
}
