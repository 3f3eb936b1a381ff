using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Conversations;

/// <summary>Keeps the pass of the report that is followed in a conversation for its half hour (会话中的查询通行证): in a row of its own, under a key that stands in the dialogue's state alone. The clock takes the row away, and with it what would open the report.</summary>
/// <param name="Held">What an earlier turn was given for it; its row is renewed.</param>
public sealed record HoldPass(Guid Conversation, string Pass, string? Held) : ICommand<string>
{
    public override string ToString() => nameof(HoldPass);
}

internal sealed class HoldPassHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<HoldPass, string>
{
    public async Task<string> Handle(HoldPass request, CancellationToken cancellationToken)
    {
        var (id, key) = RowPass.Read(request.Held) ?? (Guid.NewGuid(), RowPass.NewKey());
        var pass = Envelope.SealText(key, request.Pass, Places.HeldPass(id, request.Conversation));
        var until = time.GetUtcNow().AddMinutes(ReportOpener.PassMinutes);
        var renewed = await db.ConversationTickets.Where(t => t.Id == id && t.ConversationId == request.Conversation)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.SealedKey, pass).SetProperty(x => x.ExpiresAt, until), cancellationToken);
        if (renewed == 0)
            db.ConversationTickets.Add(new ConversationTicket { Id = id, ConversationId = request.Conversation, SealedKey = pass, ExpiresAt = until });
        return RowPass.Write(id, key);
    }
}

/// <summary>The pass held; null when its half hour is over.</summary>
public sealed record ReadHeldPass(Guid Conversation, string? Held) : IQuery<string?>
{
    public override string ToString() => nameof(ReadHeldPass);
}

internal sealed class ReadHeldPassHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<ReadHeldPass, string?>
{
    public async Task<string?> Handle(ReadHeldPass request, CancellationToken cancellationToken)
    {
        if (RowPass.Read(request.Held) is not var (id, key) || await db.TicketAsync(id, request.Conversation, time.GetUtcNow(), cancellationToken) is not { } row)
            return null;
        try
        {
            return Envelope.OpenText(key, row.SealedKey, Places.HeldPass(id, request.Conversation));
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }
}
