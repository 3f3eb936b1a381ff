using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Conversations;

/// <summary>Throws a conversation away: after filing, or at the visitor's wish.</summary>
public sealed record EndConversation(ConversationPass Pass) : ICommand<Unit>;

internal sealed class EndConversationHandler(ReportsDbContext db) : IRequestHandler<EndConversation, Unit>
{
    public async Task<Unit> Handle(EndConversation request, CancellationToken cancellationToken)
    {
        await db.ForgetConversationsAsync([request.Pass.Id], cancellationToken);
        return Unit.Value;
    }
}

internal static class Forgetting
{
    public static async Task ForgetConversationsAsync(this ReportsDbContext db, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await db.ConversationTickets.Where(t => ids.Contains(t.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await db.ConversationLines.Where(l => ids.Contains(l.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await db.Conversations.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
