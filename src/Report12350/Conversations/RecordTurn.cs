using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Conversations;

/// <summary>Begins a conversation with what the service says first.</summary>
/// <param name="Draft">What was told before the greeting.</param>
public sealed record StartConversation(ConversationPass Pass, string State, IReadOnlyList<string> Activities, SaveDraft? Draft = null) : ICommand<Unit>
{
    public override string ToString() => nameof(StartConversation);
}

internal sealed class StartConversationHandler(ReportsDbContext db, IRequestHandler<SaveDraft, Unit> drafts, TimeProvider time) : IRequestHandler<StartConversation, Unit>
{
    public async Task<Unit> Handle(StartConversation request, CancellationToken cancellationToken)
    {
        var pass = request.Pass;
        db.Conversations.Add(new Conversation { Id = pass.Id, SealedState = pass.SealState(request.State), ExpiresAt = time.GetUtcNow() + Conversation.Life });
        db.ConversationLines.AddRange(pass.Lines(0, request.Activities));
        if (request.Draft is { } draft)
            await drafts.Handle(draft, cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Keeps one turn: what was said, what was answered, and where the dialogue stands then.</summary>
/// <param name="Version">Version the turn was taken on.</param>
/// <param name="Said">How much had been said before: what is said now goes on from there.</param>
/// <param name="Draft">What was answered: of both or neither there is a trace after a crash.</param>
/// <exception cref="StaleException">Another turn was quicker; nothing was kept.</exception>
/// <exception cref="NotFoundException">No such conversation, or its day is over.</exception>
public sealed record RecordTurn(ConversationPass Pass, int Version, int Said, string State, IReadOnlyList<string> Activities, SaveDraft? Draft = null) : ICommand<Unit>
{
    public override string ToString() => nameof(RecordTurn);
}

internal sealed class RecordTurnHandler(ReportsDbContext db, IRequestHandler<SaveDraft, Unit> drafts, TimeProvider time) : IRequestHandler<RecordTurn, Unit>
{
    public async Task<Unit> Handle(RecordTurn request, CancellationToken cancellationToken)
    {
        var (pass, now) = (request.Pass, time.GetUtcNow());
        var state = pass.SealState(request.State);
        var kept = await db.Conversations.Where(c => c.Id == pass.Id && c.Version == request.Version && c.ExpiresAt > now)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.SealedState, state).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken);
        if (kept == 0)
            throw await db.Conversations.AnyAsync(c => c.Id == pass.Id && c.ExpiresAt > now, cancellationToken) ? new StaleException() : new NotFoundException();
        db.ConversationLines.AddRange(pass.Lines(request.Said, request.Activities));
        if (request.Draft is { } draft)
            await drafts.Handle(draft, cancellationToken);
        return Unit.Value;
    }
}
