using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Conversations;

/// <summary>The conversation this pass opens; null when there is none, its day is over or the key is wrong.</summary>
/// <param name="After">What was said up to here is known already.</param>
public sealed record ReadConversation(ConversationPass Pass, int After = 0) : IQuery<OpenConversation?>;

/// <summary>A conversation open for its visitor: the state of its dialogue and what was said, oldest first.</summary>
public sealed record OpenConversation(int Version, string State, DateTimeOffset ExpiresAt, IReadOnlyList<string> Activities)
{
    public override string ToString() => "conversation";
}

internal sealed class ReadConversationHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<ReadConversation, OpenConversation?>
{
    public async Task<OpenConversation?> Handle(ReadConversation request, CancellationToken cancellationToken)
    {
        var pass = request.Pass;
        var now = time.GetUtcNow();
        if (await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == pass.Id && c.ExpiresAt > now, cancellationToken) is not { } conversation)
            return null;
        var lines = request.After == int.MaxValue ? [] : await db.ConversationLines.AsNoTracking().Where(l => l.ConversationId == pass.Id && l.Sequence > request.After).OrderBy(l => l.Sequence).ToListAsync(cancellationToken);
        try
        {
            return new OpenConversation(conversation.Version, pass.Open(conversation), conversation.ExpiresAt, [.. lines.Select(pass.Open)]);
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }
}
