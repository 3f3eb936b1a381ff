using MediatR;
using Report12350.Bot.Protocol;
using Report12350.Intake;

namespace Report12350.Bot.Dialogues;

/// <summary>Number and receipt in a conversation (编号和查询码): they lie in the draft's note alone, and stand in what is shown until the reporter has saved them.</summary>
public sealed class ShownReceipt(IMediator mediator)
{
    /// <summary>Name of the line in which they stand.</summary>
    public const string Mark = "receipt";

    /// <summary>The activities as they are shown now. In the log stands only that the receipt was given.</summary>
    public async Task<IReadOnlyList<Activity>> InAsync(DialogueState state, IReadOnlyList<Activity> activities, Say say, CancellationToken cancellationToken)
    {
        if (!activities.Any(IsReceipt))
            return activities;
        var filed = DraftPass.Parse(state.Draft) is { } draft ? (await mediator.Send(new ReadDraft(draft), cancellationToken))?.Filed : null;
        return [.. activities.Select(activity => !IsReceipt(activity) ? activity
            : filed is null ? activity with { Name = null }
            : activity with { Text = say(state.OnChannel ? "chat.receipt.channel" : "chat.receipt", filed.Number, InFives(filed.Receipt), filed.DecisionBy) })];
    }

    private static bool IsReceipt(Activity activity) => activity is { IsOurs: true, Name: Mark };

    private static string InFives(string digits) => string.Join(' ', digits.Chunk(5).Select(five => new string(five)));
}
