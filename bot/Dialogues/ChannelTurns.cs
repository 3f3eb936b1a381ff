using MediatR;
using Report12350.Bot.Protocol;
using Report12350.Conversations;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Bot.Dialogues;

/// <summary>What is said back on a channel, with its links whole.</summary>
/// <param name="IsOver">The report is sent and its receipt saved: whatever comes next begins anew.</param>
public sealed record ChannelAnswer(IReadOnlyList<Activity> Replies, bool IsOver);

/// <summary>Leave to try a receipt (查询码尝试), which costs us a slow hash: at once in calm, in turn under flood. Null when the line is too long.</summary>
public delegate Task<IDisposable?> ReceiptTurn(ConversationPass person, CancellationToken cancellationToken);

/// <summary>Turns of channels of others (渠道对话), which give us names and hold nothing of ours: begins a conversation where there is none, and answers what is sent twice as it answered the first time.</summary>
public sealed class ChannelTurns(IMediator mediator, ChatTurns conversations, ShownReceipt receipt, ReceiptTurn tries, JurisdictionProfile profile, SiteAddress site)
{
    /// <summary>A channel that hears nothing sends again while the first is still being taken. So many, because files are fetched meanwhile.</summary>
    private static readonly SemaphoreSlim[] InTurn = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1))];

    /// <param name="once">What the channel calls this message.</param>
    /// <param name="files">Fetched only when the message is new.</param>
    public Task<ChannelAnswer> TakeAsync(ConversationPass pass, Activity said, string? once, Say say, bool isChinese, CancellationToken cancellationToken, Func<IAsyncEnumerable<ChatFile>>? files = null) =>
        AloneAsync(pass, () => TakeInTurnAsync(pass, said, once, say, isChinese, files, cancellationToken), cancellationToken);

    /// <summary>Greets somebody who has come and said nothing yet; nothing when they were.</summary>
    public Task<ChannelAnswer> GreetAsync(ConversationPass pass, Activity came, string? once, Say say, bool isChinese, CancellationToken cancellationToken) =>
        AloneAsync(pass, async () => await conversations.ReadAsync(pass, cancellationToken, int.MaxValue) is { } open
            ? await AgainAsync(pass, open.State, once, say, cancellationToken) ?? new ChannelAnswer([], IsOver: false)
            : await BeginAsync(pass, came, once, say, isChinese, cancellationToken), cancellationToken);

    /// <summary>They want no more of it: the conversation and what was not sent are thrown away.</summary>
    public Task EndAsync(ConversationPass pass, CancellationToken cancellationToken) =>
        AloneAsync(pass, async () =>
        {
            if (await conversations.ReadAsync(pass, cancellationToken, int.MaxValue) is { } open && DraftPass.Parse(open.State.Draft) is { } draft)
                await mediator.Send(new DiscardDraft(draft), cancellationToken);
            return await mediator.Send(new EndConversation(pass), cancellationToken);
        }, cancellationToken);

    private static async Task<T> AloneAsync<T>(ConversationPass pass, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        var turn = InTurn[(uint)pass.Id.GetHashCode() % InTurn.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<ChannelAnswer> TakeInTurnAsync(
        ConversationPass pass, Activity said, string? once, Say say, bool isChinese, Func<IAsyncEnumerable<ChatFile>>? files, CancellationToken cancellationToken)
    {
        var open = await conversations.ReadAsync(pass, cancellationToken, int.MaxValue);
        if (open is not null && await AgainAsync(pass, open.State, once, say, cancellationToken) is { } same)
            return same;
        var state = open is null or { State.Step: FilingStep.Followed } ? null : open.State;
        var isTry = Dialogue.TriesReceipt(state ?? new DialogueState(), said.Text);
        using var turn = isTry ? await tries(pass, cancellationToken) : null;
        if (isTry && turn is null)
            return new ChannelAnswer([new Activity { Text = say("chat.busy", profile.Hotline) }], IsOver: false);
        if (state is null)
            return await BeginAsync(pass, said, once, say, isChinese, cancellationToken, files);
        try
        {
            var id = await conversations.PostAsync(pass, said, say, isChinese, cancellationToken, files?.Invoke(), once);
            return await AnswerAsync(pass, id, state.Lines, say, cancellationToken);
        }
        catch (ConversationFullException)
        {
            return new ChannelAnswer([Whole(conversations.Full(state, say))], IsOver: false);
        }
        catch (NotFoundException)
        {
            return await BeginAsync(pass, said, once, say, isChinese, cancellationToken, files); // its day ended just now
        }
    }

    private async Task<ChannelAnswer> BeginAsync(
        ConversationPass pass, Activity said, string? once, Say say, bool isChinese, CancellationToken cancellationToken, Func<IAsyncEnumerable<ChatFile>>? files = null)
    {
        await mediator.Send(new EndConversation(pass), cancellationToken);
        var draft = await mediator.Send(new StartDraft(Channel.Chat), cancellationToken);
        await conversations.BeginAsync(pass, draft, said, once, say, isChinese, cancellationToken, files?.Invoke());
        return await AnswerAsync(pass, null, 0, say, cancellationToken);
    }

    private async Task<ChannelAnswer?> AgainAsync(ConversationPass pass, DialogueState state, string? once, Say say, CancellationToken cancellationToken) =>
        state.LineOf(once) is { } line ? await AnswerAsync(pass, null, line - 1, say, cancellationToken) : null;

    /// <summary>What answered one message, with number and receipt while they are to be had.</summary>
    /// <param name="id">Of the message; null for the first after that line.</param>
    private async Task<ChannelAnswer> AnswerAsync(ConversationPass pass, string? id, int after, Say say, CancellationToken cancellationToken)
    {
        var open = await conversations.ReadAsync(pass, cancellationToken, after) ?? throw new NotFoundException();
        var message = id ?? open.Activities.FirstOrDefault()?.Id;
        var shown = await receipt.InAsync(open.State, [.. open.Activities.Where(activity => activity.ReplyToId is not null && activity.ReplyToId == message)], say, cancellationToken);
        return new ChannelAnswer([.. shown.Select(Whole)], open.State.Step is FilingStep.Followed);
    }

    /// <summary>What only our own page understands is left out.</summary>
    private Activity Whole(Activity activity) => activity with
    {
        Name = null,
        ChannelData = null,
        SuggestedActions = activity.SuggestedActions is { } offered
            ? new SuggestedActions([.. offered.Actions.Select(action => action.Type == "openUrl" ? action with { Value = site.Origin + action.Value } : action)]) : null,
    };
}
