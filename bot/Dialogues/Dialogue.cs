using Report12350.Conversations;
using Report12350.Intake;

namespace Report12350.Bot.Dialogues;

/// <summary>The whole dialogue (对话): filing, and from any of its steps a way to a report sent before, and back to where one was.</summary>
public sealed class Dialogue(FilingDialogue filing, TrackingDialogue tracking)
{
    /// <summary>What the service says first.</summary>
    /// <param name="opening">What somebody said on a channel before they were greeted; null elsewhere.</param>
    public async Task<(DialogueState State, IReadOnlyList<Reply> Replies)> BeginAsync(ConversationPass conversation, DraftPass draft, Say say, bool isChinese, CancellationToken cancellationToken, string? opening = null)
    {
        var leads = LeadsToReport(new DialogueState(), opening);
        var (state, replies) = await filing.BeginAsync(draft, say, isChinese, cancellationToken, opening, mayTell: opening is not null && !leads);
        state.Conversation = conversation.Id;
        if (!leads)
            return (state, replies);
        return (state, [.. replies.SkipLast(1), .. await tracking.BeginAsync(state, opening!, say, isChinese, cancellationToken)]);
    }

    /// <summary>What it would say first, to somebody who has said nothing yet.</summary>
    public Task<(DialogueState State, IReadOnlyList<Reply> Replies)> GreetAsync(DraftPass? draft, Say say, bool isChinese, CancellationToken cancellationToken) =>
        filing.GreetAsync(draft, say, isChinese, cancellationToken);

    /// <summary>One turn.</summary>
    /// <exception cref="Messaging.NotFoundException">The draft's day is over, or it was filed or thrown away meanwhile.</exception>
    public async Task<IReadOnlyList<Reply>> TakeAsync(DialogueState state, string said, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var emergency = FilingDialogue.EmergencyFirst(state, said, say);
        if (LeadsToReport(state, said))
        {
            FilingDialogue.Interrupt(state);
            return [.. emergency, .. await tracking.BeginAsync(state, said, say, isChinese, cancellationToken)];
        }

        if (state.Tracking.Step is TrackingStep.Away)
            return [.. emergency, .. await filing.TakeAsync(state, said, say, isChinese, cancellationToken)];
        var replies = await tracking.TakeAsync(state, said, say, isChinese, cancellationToken);
        return state.Tracking.Step is TrackingStep.Away
            ? [.. emergency, .. replies, .. await filing.GoOnAsync(state, say, isChinese, cancellationToken)]
            : [.. emergency, .. replies];
    }

    /// <summary>A file has come in by the same way as the form's.</summary>
    public Task<IReadOnlyList<Reply>> FileCameAsync(DialogueState state, Say say, bool isChinese, CancellationToken cancellationToken) =>
        filing.FileCameAsync(state, say, isChinese, cancellationToken);

    /// <summary>What is said now stays out of the log.</summary>
    public static bool IsSecret(DialogueState state, string? said) =>
        (state.Tracking.Step is TrackingStep.Away && FilingDialogue.IsSecret(state)) || TypedReceipt.MayBeIn(said, state.Tracking.Step);

    /// <summary>Whether this tries a receipt, which costs us as much as on its page.</summary>
    public static bool TriesReceipt(DialogueState state, string? said) =>
        TypedReceipt.In(said) is not null && (state.Tracking.Step is TrackingStep.Receipt || LeadsToReport(state, said));

    private static bool LeadsToReport(DialogueState state, string? said) =>
        said is not null && (Commands.Of(said) is Command.Track || (TypedReceipt.In(said) is not null && state.Tracking.Step is not TrackingStep.Receipt && !IsSecretAnswer(state)));

    /// <summary>A claim code may be as long as a receipt.</summary>
    private static bool IsSecretAnswer(DialogueState state) => state.Tracking.Step is TrackingStep.Away && FilingDialogue.IsSecret(state);
}
