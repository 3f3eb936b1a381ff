using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Conversations;

/// <summary>Tickets as they are found again: by the conversation they are for, within their time.</summary>
internal static class ConversationTickets
{
    public static Task<ConversationTicket?> TicketAsync(this ReportsDbContext db, Guid id, Guid conversation, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.ConversationTickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id && t.ConversationId == conversation && t.ExpiresAt > now, cancellationToken);
}

/// <summary>Gives leave to open one stream. What stands in its address is good once, for a minute, and opens nothing afterwards. Null when too many wait to be used.</summary>
public sealed record IssueStreamTicket(ConversationPass Pass) : ICommand<string?>;

internal sealed class IssueStreamTicketHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<IssueStreamTicket, string?>
{
    public async Task<string?> Handle(IssueStreamTicket request, CancellationToken cancellationToken)
    {
        var (pass, id, key, now) = (request.Pass, Guid.NewGuid(), RowPass.NewKey(), time.GetUtcNow());
        if (await db.ConversationTickets.CountAsync(t => t.ConversationId == pass.Id && t.ExpiresAt > now, cancellationToken) >= ConversationQuota.StreamTickets)
            return null;
        db.ConversationTickets.Add(new ConversationTicket
        {
            Id = id,
            ConversationId = pass.Id,
            SealedKey = Envelope.Seal(key, pass.Key, Places.ConversationTicket(id, pass.Id)),
            ExpiresAt = now + ConversationTicket.Life,
        });
        return RowPass.Write(id, key);
    }
}

/// <summary>Takes the ticket back and gives what it stands for; null when it was used, is too old, or is for another conversation.</summary>
public sealed record UseStreamTicket(Guid Conversation, string? Ticket) : ICommand<ConversationPass?>
{
    public override string ToString() => nameof(UseStreamTicket);
}

internal sealed class UseStreamTicketHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<UseStreamTicket, ConversationPass?>
{
    public async Task<ConversationPass?> Handle(UseStreamTicket request, CancellationToken cancellationToken)
    {
        if (RowPass.Read(request.Ticket) is not var (id, key) || await db.TicketAsync(id, request.Conversation, time.GetUtcNow(), cancellationToken) is not { } ticket)
            return null;
        try
        {
            var pass = new ConversationPass(ticket.ConversationId, Envelope.Open(key, ticket.SealedKey, Places.ConversationTicket(id, ticket.ConversationId)));
            return await db.ConversationTickets.Where(t => t.Id == id).ExecuteDeleteAsync(cancellationToken) == 1 ? pass : null;
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }
}
