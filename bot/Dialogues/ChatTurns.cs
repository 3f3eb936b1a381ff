using MediatR;
using Report12350.Bot.Protocol;
using Report12350.Conversations;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Bot.Dialogues;

/// <summary>A conversation as its visitor sees it (会话), on whatever face: all that was said, and where it stands.</summary>
public sealed record OpenChat(DialogueState State, IReadOnlyList<Activity> Activities);

/// <summary>Takes turns in a conversation and keeps them, one at a time.</summary>
public sealed class ChatTurns(IMediator mediator, FilingDialogue dialogue)
{
    /// <summary>Longer is none of a conversation's.</summary>
    public const int LongestText = 4000;

    public async Task<ConversationPass> BeginAsync(DraftPass draft, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var (state, replies) = await dialogue.BeginAsync(draft, say, isChinese, cancellationToken);
        return await mediator.Send(new StartConversation(state.ToJson(), [.. replies.Select(reply => Said(reply).ToJson())]), cancellationToken);
    }

    public async Task<OpenChat?> ReadAsync(ConversationPass pass, CancellationToken cancellationToken) =>
        await mediator.Send(new ReadConversation(pass), cancellationToken) is { } open
            ? new OpenChat(DialogueState.Parse(open.State), [.. open.Activities.Select(Activity.Parse)])
            : null;

    /// <summary>One turn of the visitor's.</summary>
    /// <exception cref="NotFoundException">The conversation or its draft is over.</exception>
    /// <exception cref="StaleException">Another turn was quicker.</exception>
    public Task<DialogueState> SayAsync(ConversationPass pass, string text, Say say, bool isChinese, CancellationToken cancellationToken) => TurnAsync(
        pass,
        state => FilingDialogue.IsSecret(state) ? say("chat.masked") : text,
        state => dialogue.TakeAsync(state, text, say, isChinese, cancellationToken),
        cancellationToken);

    /// <summary>Files were taken into the draft.</summary>
    public Task<DialogueState> FileCameAsync(ConversationPass pass, Say say, bool isChinese, CancellationToken cancellationToken) => TurnAsync(
        pass,
        _ => null,
        state => dialogue.FileCameAsync(state, say, isChinese, cancellationToken),
        cancellationToken);

    private async Task<DialogueState> TurnAsync(
        ConversationPass pass, Func<DialogueState, string?> own, Func<DialogueState, Task<IReadOnlyList<Reply>>> take, CancellationToken cancellationToken)
    {
        var open = await mediator.Send(new ReadConversation(pass), cancellationToken) ?? throw new NotFoundException();
        var state = DialogueState.Parse(open.State);
        var said = own(state);
        var replies = await take(state);
        IEnumerable<Activity> echo = said is null ? [] : [new Activity { Text = said, From = new ChannelAccount("visitor", "user") }];
        await mediator.Send(new RecordTurn(pass, open.Version, state.ToJson(), [.. echo.Concat(replies.Select(Said)).Select(a => a.ToJson())]), cancellationToken);
        return state;
    }

    private static Activity Said(Reply reply) => new()
    {
        Text = reply.Text,
        From = new ChannelAccount("12350", "bot"),
        SuggestedActions = reply.Link is { } link ? new SuggestedActions([new CardAction("openUrl", link.Text, link.Href)])
            : reply.Options.Count == 0 ? null
            : new SuggestedActions([.. reply.Options.Select((option, at) => new CardAction("imBack", option.Title, (at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)))]),
    };
}
