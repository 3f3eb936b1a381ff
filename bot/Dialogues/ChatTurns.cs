using System.Globalization;
using System.Text;
using System.Text.Json;
using MediatR;
using Report12350.Bot.Protocol;
using Report12350.Conversations;
using Report12350.Domain;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Bot.Dialogues;

/// <summary>A conversation as its visitor sees it (会话), on whatever face: what was said, and where it stands.</summary>
/// <param name="Version">0 until the visitor first says something.</param>
public sealed record OpenChat(int Version, DialogueState State, DateTimeOffset ExpiresAt, IReadOnlyList<Activity> Activities);

/// <summary>A file that comes in a conversation.</summary>
/// <param name="Content">Null when it could not be had.</param>
public sealed record ChatFile(string Name, Stream? Content);

/// <summary>Takes turns in a conversation and keeps them, one at a time.</summary>
public sealed class ChatTurns(IMediator mediator, Dialogue dialogue, JurisdictionProfile profile, OpenStreams streams, TimeProvider time)
{
    /// <summary>Longer is none of a conversation's.</summary>
    public const int LongestText = 4000;

    private const int Attempts = 10;

    /// <summary>On this node one waits for the other; between nodes the version decides.</summary>
    private static readonly SemaphoreSlim[] InTurn = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<ConversationPass> BeginAsync(DraftPass draft, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var pass = ConversationPass.New();
        var (state, replies) = await dialogue.BeginAsync(pass, draft, say, isChinese, cancellationToken);
        await mediator.Send(new StartConversation(pass, Numbered(pass, state, null, replies, say, out var lines), lines), cancellationToken);
        return pass;
    }

    /// <summary>A conversation that begins when its visitor says something; until then nothing of it is kept.</summary>
    /// <param name="draft">What they have answered in the form, if anything.</param>
    public async Task<OpenChat> GreetAsync(DraftPass? draft, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var (state, replies) = await dialogue.GreetAsync(draft, say, isChinese, cancellationToken);
        return new OpenChat(0, state, time.GetUtcNow(), [.. replies.Select(Said)]);
    }

    /// <summary>Begins it with what somebody did or said on a channel, who is greeted in answer.</summary>
    /// <param name="once">What the channel calls it, should it send it again.</param>
    public async Task BeginAsync(
        ConversationPass pass, DraftPass draft, Activity came, string? once, Say say, bool isChinese, CancellationToken cancellationToken, IAsyncEnumerable<ChatFile>? files = null)
    {
        var said = SharedPlace.InWords(came);
        var attached = files is null ? Came.Nothing : await AttachAsync(draft, new DialogueState(), files, say, cancellationToken);
        var (state, replies) = await dialogue.BeginAsync(pass, draft, say, isChinese, cancellationToken, said.Text ?? "");
        state.FileBytes += attached.Bytes;
        state.Hear(once, state.Lines + 1);
        // Of the files before the question.
        replies = [.. replies.SkipLast(1), .. attached.Faults.Select(fault => new Reply(fault)), .. attached.Sent > 0 ? new[] { new Reply(say("chat.evidence.came", attached.Sent)) } : [], replies[^1]];
        var own = Dialogue.IsSecret(state, said.Text) ? Masked(said, say) : said;
        await mediator.Send(new StartConversation(pass, Numbered(pass, state, own, replies, say, out var lines), lines, state.Unsaved), cancellationToken);
    }

    /// <param name="after">What was said up to here is known already.</param>
    public async Task<OpenChat?> ReadAsync(ConversationPass pass, CancellationToken cancellationToken, int after = 0) =>
        await mediator.Send(new ReadConversation(pass, after), cancellationToken) is { } open
            ? new OpenChat(open.Version, DialogueState.Parse(open.State), open.ExpiresAt, [.. open.Activities.Select(Activity.Parse)])
            : null;

    /// <summary>One turn of the visitor's.</summary>
    /// <exception cref="NotFoundException">The conversation or its draft is over.</exception>
    /// <exception cref="StaleException">Another turn was quicker.</exception>
    public async Task<DialogueState> SayAsync(ConversationPass pass, string text, Say say, bool isChinese, CancellationToken cancellationToken) =>
        (await TurnAsync(pass, new Activity { Text = text }, state => dialogue.TakeAsync(state, text, say, isChinese, cancellationToken), say, cancellationToken)).State;

    /// <summary>Files that come with nothing said; in words, what their sender must know of those that were not taken, or not as they are.</summary>
    /// <exception cref="NotFoundException">The conversation is over.</exception>
    /// <exception cref="ConversationFullException">No more is taken in it.</exception>
    public async Task<IReadOnlyList<string>> TakeFilesAsync(ConversationPass pass, IAsyncEnumerable<ChatFile> files, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var came = await AttachAsync(pass, files, say, cancellationToken);
        if (came.Sent > 0)
            await InTurnAsync(pass, null, null, came with { Faults = [] }, say, isChinese, cancellationToken);
        return came is { Sent: 0, Faults.Count: 0 } ? [say("filing.evidence.none")] : came.Faults;
    }

    /// <summary>Takes whatever a client posts, in its turn: what is no message is kept and not answered. The id it got.</summary>
    /// <param name="once">What its sender calls it: sent again it is no turn of its own.</param>
    /// <exception cref="NotFoundException">The conversation is over.</exception>
    /// <exception cref="ConversationFullException">No more is taken in it.</exception>
    public async Task<string> PostAsync(
        ConversationPass pass, Activity said, Say say, bool isChinese, CancellationToken cancellationToken, IAsyncEnumerable<ChatFile>? files = null, string? once = null)
    {
        var came = files is null ? Came.Nothing : await AttachAsync(pass, files, say, cancellationToken);
        return await InTurnAsync(pass, SharedPlace.InWords(said), once, came, say, isChinese, cancellationToken);
    }

    private async Task<string> InTurnAsync(ConversationPass pass, Activity? said, string? once, Came came, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var turn = InTurn[(uint)pass.Id.GetHashCode() % InTurn.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await AgainAsync(pass, said, once, came, say, isChinese, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<string> AgainAsync(ConversationPass pass, Activity? said, string? once, Came came, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await TurnAsync(pass, said, state => AnswerAsync(state, said, came, say, isChinese, cancellationToken), say, cancellationToken, once)).Id;
            }
            catch (Exception other) when ((other is StaleException && attempt < Attempts) || (other is NotFoundException && attempt == 1))
            {
                // Another node took a turn or filed the draft meanwhile: this one comes after it.
            }
        }
    }

    /// <summary>Tells what happened to the report since it was last told here. Whether there may be something new to read.</summary>
    public async Task<bool> TellAsync(ConversationPass pass, DialogueState known, Say say, CancellationToken cancellationToken)
    {
        if (known.Number is not { } number || (await mediator.Send(new ReadSteps(number, known.StepTold), cancellationToken)).Count == 0)
            return false;
        try
        {
            await TurnAsync(pass, null, state => TellAsync(state, number, say, cancellationToken), say, cancellationToken);
        }
        catch (Exception other) when (other is StaleException or NotFoundException or ConversationFullException)
        {
            // Another window told it, or will.
        }

        return true;
    }

    private async Task<IReadOnlyList<Reply>> TellAsync(DialogueState state, string number, Say say, CancellationToken cancellationToken)
    {
        var steps = await mediator.Send(new ReadSteps(number, state.StepTold), cancellationToken);
        state.StepTold = steps.Count == 0 ? state.StepTold : steps[^1].Step;
        return [.. steps.Select(step => new Reply(say("chat.step", step.Action), [], ("/track", say("shell.home.track.title"))))];
    }

    private async Task<IReadOnlyList<Reply>> AnswerAsync(DialogueState state, Activity? said, Came came, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        List<Reply> replies = [.. came.Faults.Select(fault => new Reply(fault))];
        state.FileBytes += came.Bytes;
        if (came.Sent > 0)
            replies.AddRange(await dialogue.FileCameAsync(state, say, isChinese, cancellationToken));
        if (said is not { IsMessage: true } || (string.IsNullOrWhiteSpace(said.Text) && (came.Sent > 0 || came.Faults.Count > 0)))
            return replies;
        if (said.Text?.Length > LongestText)
            return [.. replies, new Reply(say("chat.tooLong.said"))];
        return [.. replies, .. await dialogue.TakeAsync(state, said.Text ?? "", say, isChinese, cancellationToken)];
    }

    /// <summary>What its sender must know of a file that was taken; null when there is nothing.</summary>
    public static string? NoteOn(EvidenceDescription file, Say say) => file switch
    {
        { Scan.IsInfected: true } => say("chat.evidence.infected", file.Name),
        { IsHeld: true } => say("chat.evidence.uncleaned", file.Name),
        _ => null,
    };

    /// <summary>Into the draft, by the form's use case.</summary>
    private async Task<Came> AttachAsync(ConversationPass pass, IAsyncEnumerable<ChatFile> files, Say say, CancellationToken cancellationToken)
    {
        var open = await ReadAsync(pass, cancellationToken, int.MaxValue) ?? throw new NotFoundException();
        ConversationQuota.Require(open.State.Lines, open.State.Size);
        return await AttachAsync(DraftPass.Parse(open.State.Draft) ?? throw new NotFoundException(), open.State, files, say, cancellationToken);
    }

    private async Task<Came> AttachAsync(DraftPass draft, DialogueState state, IAsyncEnumerable<ChatFile> files, Say say, CancellationToken cancellationToken)
    {
        var (sent, bytes, faults) = (0, 0L, new List<string>());
        await foreach (var file in files.WithCancellation(cancellationToken))
        {
            if (state.Tracking.Step is not TrackingStep.Away)
            {
                faults.Add(say("chat.track.files", file.Name)); // it would go into the report being written
                continue;
            }

            if (state.FileBytes + bytes >= profile.Uploads.MaxReportBytes * ConversationQuota.FilesTimesReport)
            {
                faults.Add(say("chat.full.files", file.Name, profile.Hotline));
                continue;
            }

            if (file.Content is null)
            {
                faults.Add(say("chat.evidence.lost", file.Name));
                continue;
            }

            try
            {
                var taken = await mediator.Send(new AttachEvidence(draft, file.Name, file.Content, MayComeAgain: true), cancellationToken);
                (sent, bytes) = (sent + 1, bytes + taken.Length);
                if (NoteOn(taken, say) is { } note)
                    faults.Add(note);
            }
            catch (RuleBrokenException refusal)
            {
                faults.Add(refusal.Code == "rule.TooManyFiles" ? say("filing.evidence.tooMany", file.Name, profile.Uploads.MaxFiles) : say(refusal.Code, [.. refusal.Values]));
            }
            catch (NotFoundException)
            {
                faults.Add(say("chat.evidence.late")); // filed, or its day is over
            }
        }

        return new Came(sent, bytes, faults);
    }

    private async Task<(DialogueState State, string Id)> TurnAsync(
        ConversationPass pass, Activity? said, Func<DialogueState, Task<IReadOnlyList<Reply>>> take, Say say, CancellationToken cancellationToken, string? once = null)
    {
        var open = await mediator.Send(new ReadConversation(pass, int.MaxValue), cancellationToken) ?? throw new NotFoundException();
        var state = DialogueState.Parse(open.State);
        if (state.LineOf(once) is { } line)
            return (state, IdOf(pass, line));
        ConversationQuota.Require(state.Lines, state.Size);
        var own = said is not null && Dialogue.IsSecret(state, said.Text) ? Masked(said, say) : said;
        var id = IdOf(pass, state.Lines + 1);
        var replies = await take(state);
        state.Hear(once, state.Lines + 1);
        var kept = Numbered(pass, state, own, replies, say, out var lines);
        if (lines.Count > 0)
        {
            await mediator.Send(new RecordTurn(pass, open.Version, state.Lines - lines.Count, kept, lines, state.Unsaved), cancellationToken);
            streams.Tell(pass.Id, open.Version + 1);
        }

        return (state, id);
    }

    /// <summary>The activities with their ids and hours, the visitor's first; and the state that knows of them. When they fill the conversation, that is the last thing it says.</summary>
    private string Numbered(ConversationPass pass, DialogueState state, Activity? said, IReadOnlyList<Reply> replies, Say say, out IReadOnlyList<string> lines)
    {
        List<string> written = [];
        string? first = null;
        var activities = replies.Select(Said);
        if (said is not null)
            activities = activities.Prepend(said with { From = new ChannelAccount("visitor", "user"), TextFormat = "plain", ReplyToId = null });
        foreach (var activity in activities)
            Add(activity);
        if (written.Count > 0 && ConversationQuota.IsFull(state.Lines, state.Size))
            Add(Full(state, say));
        lines = written;
        return state.ToJson();

        void Add(Activity activity)
        {
            var now = time.GetUtcNow();
            state.LastAt = now > state.LastAt ? now : state.LastAt.AddMilliseconds(1);
            var id = IdOf(pass, ++state.Lines);
            written.Add((activity with { Id = id, Timestamp = state.LastAt, ReplyToId = first }).ToJson());
            first ??= said is null ? null : id;
            state.Size += Encoding.UTF8.GetByteCount(written[^1]);
        }
    }

    /// <summary>Where it goes on when no more is taken here.</summary>
    public Activity Full(DialogueState state, Say say) => Said(new Reply(
        say(state.OnChannel ? "chat.full.channel" : "chat.full.here", profile.Hotline), [],
        state.Number is null ? ("/report", say(state.OnChannel ? "chat.form" : "chat.form.continue")) : ("/track", say("shell.home.track.title"))));

    private static string IdOf(ConversationPass pass, int sequence) => string.Create(CultureInfo.InvariantCulture, $"{pass.Id:N}|{sequence:0000000}");

    /// <summary>Of what must not stay in the log, that it was said, and by what the client knows it.</summary>
    private static Activity Masked(Activity said, Say say) => new()
    {
        Type = said.Type,
        Text = say("chat.masked"),
        ChannelData = said.ChannelData is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("clientActivityID", out var id)
            ? JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["clientActivityID"] = id })
            : null,
    };

    private static Activity Said(Reply reply) => new()
    {
        Text = reply.Text,
        Name = reply.IsReceipt ? ShownReceipt.Mark : null,
        From = new ChannelAccount("12350", "bot"),
        ChannelData = reply.Room > 0 ? JsonSerializer.SerializeToElement(new { room = reply.Room })
            : reply.AsksPlace ? JsonSerializer.SerializeToElement(new { place = true })
            : reply.HidesReceipt ? JsonSerializer.SerializeToElement(new { hidesReceipt = true }) : null,
        SuggestedActions = Actions(reply) is { Count: > 0 } actions ? new SuggestedActions(actions) : null,
    };

    private static List<CardAction> Actions(Reply reply)
    {
        List<CardAction> actions = [.. reply.Options.Select((option, at) => new CardAction("imBack", option.Title, reply.ByWords ? option.Title : (at + 1).ToString(CultureInfo.InvariantCulture)))];
        if (reply.Link is { } link)
            actions.Add(new CardAction("openUrl", link.Text, link.Href));
        return actions;
    }

    /// <summary>What became of the files that came.</summary>
    private sealed record Came(int Sent, long Bytes, IReadOnlyList<string> Faults)
    {
        public static readonly Came Nothing = new(0, 0, []);
    }
}
