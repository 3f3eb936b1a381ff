using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Tracking;
using Stateless;

namespace Report12350.Bot.Dialogues;

/// <summary>The steps of following a report by conversation (查进度步骤).</summary>
public enum TrackingStep
{
    /// <summary>Not following: the conversation is at its step of filing.</summary>
    Away,

    /// <summary>The receipt is asked for.</summary>
    Receipt,

    /// <summary>The report is open: what it says was told, what can be done is offered.</summary>
    Open,

    /// <summary>A message to the officers is asked for.</summary>
    Message,

    /// <summary>What is wrong with the conclusion is asked for.</summary>
    Objection,

    /// <summary>What is lost by withdrawing was told, and whether it is really wanted is asked.</summary>
    Withdrawal,
}

/// <summary>What moves it on.</summary>
public enum TrackingAct
{
    Track,
    Open,
    Show,
    Write,
    Object,
    Withdraw,
    Done,
    Back,
}

/// <summary>What is offered while a report is open.</summary>
public enum TrackingChoice
{
    Progress,
    Messages,
    Write,
    Object,
    Reward,
    Withdraw,
    Another,
    Back,
}

/// <summary>Follows a report by conversation (对话查进度): opens it by its receipt, tells where it stands, and takes messages, objection and withdrawal, by the very use cases of its page.</summary>
public sealed class TrackingDialogue(IMediator mediator, ReportOpener opener, JurisdictionProfile profile, TimeProvider time)
{
    /// <summary>The whole way. From anywhere another receipt can be asked for; a pass that has run out leads there too.</summary>
    private static StateMachine<TrackingStep, TrackingAct> Way(TrackingState at)
    {
        var way = new StateMachine<TrackingStep, TrackingAct>(() => at.Step, step => at.Step = step);
        way.Configure(TrackingStep.Away).Permit(TrackingAct.Track, TrackingStep.Receipt);
        way.Configure(TrackingStep.Receipt).PermitReentry(TrackingAct.Track)
            .Permit(TrackingAct.Open, TrackingStep.Open)
            .Permit(TrackingAct.Back, TrackingStep.Away);
        way.Configure(TrackingStep.Open).PermitReentry(TrackingAct.Show)
            .Permit(TrackingAct.Track, TrackingStep.Receipt)
            .Permit(TrackingAct.Write, TrackingStep.Message)
            .Permit(TrackingAct.Object, TrackingStep.Objection)
            .Permit(TrackingAct.Withdraw, TrackingStep.Withdrawal)
            .Permit(TrackingAct.Back, TrackingStep.Away);
        foreach (var asked in (TrackingStep[])[TrackingStep.Message, TrackingStep.Objection, TrackingStep.Withdrawal])
        {
            way.Configure(asked).Permit(TrackingAct.Track, TrackingStep.Receipt)
                .Permit(TrackingAct.Show, TrackingStep.Open)
                .Permit(TrackingAct.Done, TrackingStep.Open)
                .Permit(TrackingAct.Back, TrackingStep.Open);
        }

        return way;
    }

    /// <summary>Somebody wants to follow a report.</summary>
    public async Task<IReadOnlyList<Reply>> BeginAsync(DialogueState state, string said, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var telling = Telling(state, say, isChinese);
        if (state.Tracking.Step is not (TrackingStep.Away or TrackingStep.Receipt) && TypedReceipt.In(said) is null && await OpenedAsync(state, cancellationToken) is { } opened)
            return await InOpenAsync(telling, opened, () => ShowAsync(telling, opened, cancellationToken), cancellationToken);
        Forget(state.Tracking);
        Way(state.Tracking).Fire(TrackingAct.Track);
        return TypedReceipt.In(said) is null ? Ask(telling) : await ReceiptAsync(telling, said, cancellationToken);
    }

    /// <summary>One turn while a report is followed. Whatever is said, it is at one of its steps afterwards, and says what it wants.</summary>
    public async Task<IReadOnlyList<Reply>> TakeAsync(DialogueState state, string said, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var (telling, tracking) = (Telling(state, say, isChinese), state.Tracking);
        switch (Commands.Of(said))
        {
            case Command.Back:
                return Back(telling);
            case Command.Restart:
                Forget(tracking);
                Way(tracking).Fire(TrackingAct.Track);
                return Ask(telling);
            case Command.Hotline:
                return [new Reply(say("chat.hotline", profile.Hotline)), .. Ask(telling)];
            case Command.Help:
                return [new Reply(say("chat.track.help", profile.Hotline)), .. Ask(telling)];
        }

        if (tracking.Step is TrackingStep.Receipt)
            return await ReceiptAsync(telling, said, cancellationToken);
        if (await OpenedAsync(state, cancellationToken) is not { } opened)
            return RanOut(telling, said);
        return await InOpenAsync(telling, opened, () => tracking.Step switch
        {
            TrackingStep.Message => SendAsync(telling, opened, said, text => new WriteToOfficers(opened, text), nameof(ReportAction.WriteToOfficers), "tracking.thread.sent", cancellationToken),
            TrackingStep.Objection => SendAsync(telling, opened, said, text => new ObjectToConclusion(opened, text), nameof(ReportAction.Object), "tracking.object.sent", cancellationToken),
            TrackingStep.Withdrawal => WithdrawAsync(telling, opened, said, cancellationToken),
            _ => ChooseAsync(telling, opened, said, cancellationToken),
        }, cancellationToken);
    }

    private async Task<OpenedReport?> OpenedAsync(DialogueState state, CancellationToken cancellationToken) =>
        opener.ForReporter(await mediator.Send(new ReadHeldPass(state.Conversation, state.Tracking.Held), cancellationToken));

    private TrackingSaid Telling(DialogueState state, Say say, bool isChinese) =>
        new(state, say, new TrackingWords(say, isChinese, profile.DayOf(time.GetUtcNow()), profile), profile);

    /// <summary>The pass goes; what was written and not sent stays.</summary>
    private static void Forget(TrackingState tracking) => (tracking.Held, tracking.MessageTold, tracking.Offered) = (null, 0, []);

    private static List<Reply> Ask(TrackingSaid telling) => telling.Tracking.Step switch
    {
        TrackingStep.Receipt => [new Reply($"{telling.Say("tracking.signin.title")}\n{telling.Say(telling.State.OnChannel ? "chat.track.hint.channel" : "chat.track.hint")}", telling.BackOnly)],
        TrackingStep.Message => [new Reply($"{telling.Say("tracking.thread.write")}\n{telling.Say("tracking.thread.hint")}{telling.Unsent}", telling.TextOptions)],
        TrackingStep.Objection => [new Reply($"{telling.Say("tracking.object.why")}\n{telling.Say("tracking.object.hint")}{telling.Unsent}", telling.TextOptions)],
        TrackingStep.Withdrawal => [new Reply(telling.Withdrawal, telling.WithdrawalOptions)],
        TrackingStep.Open => [new Reply(telling.Say("chat.track.what"), telling.Options)],
        _ => [],
    };

    private static List<Reply> Back(TrackingSaid telling)
    {
        var tracking = telling.Tracking;
        Way(tracking).Fire(TrackingAct.Back);
        tracking.Unsent = null;
        if (tracking.Step is not TrackingStep.Away)
            return Ask(telling);
        var told = telling.Say(tracking.Held is null ? "chat.track.none" : "chat.track.left");
        Forget(tracking);
        return [new Reply(told)];
    }

    /// <summary>The sign-in of the page: what cannot be a receipt is told at once, and an unknown one is answered like a wrong one, after the same work.</summary>
    private async Task<IReadOnlyList<Reply>> ReceiptAsync(TrackingSaid telling, string said, CancellationToken cancellationToken)
    {
        var (say, tracking) = (telling.Say, telling.Tracking);
        if (TypedReceipt.In(said) is not { } receipt)
            return Option.Chosen(telling.BackOnly, said) is not null ? Back(telling) : [new Reply(say($"tracking.signin.{Receipt.Check(said)}")), .. Ask(telling)];
        var answer = await opener.ForReceiptAsync(receipt, cancellationToken);
        if (answer.Erased is { } erased)
            return [new Reply(telling.Erased(erased)), .. Ask(telling)];
        if (answer.Pass is not { } pass || opener.ForReporter(pass) is not { } opened)
            return [new Reply(say("tracking.signin.unknown")), .. Ask(telling)];
        Way(tracking).Fire(TrackingAct.Open);
        return await InOpenAsync(telling, opened, async () =>
        {
            var shown = await ShowAsync(telling, opened, cancellationToken);
            if (tracking.UnsentFor != telling.State.Number)
                tracking.Unsent = null;
            return tracking.Unsent is null ? shown : [.. shown.SkipLast(1), .. Resume(telling)];
        }, cancellationToken);
    }

    /// <summary>Half an hour without a word closes the report here as on its page. What was just written waits until the receipt is typed again.</summary>
    private List<Reply> RanOut(TrackingSaid telling, string said)
    {
        var tracking = telling.Tracking;
        var kept = tracking.Step is TrackingStep.Message or TrackingStep.Objection && !TrackingSaid.IsNumber(said);
        if (kept)
            (tracking.Unsent, tracking.UnsentAt, tracking.UnsentFor) = (telling.TextOf(said), tracking.Step, telling.State.Number);
        Forget(tracking);
        Way(tracking).Fire(TrackingAct.Track);
        return [new Reply(telling.Say("tracking.signin.ranOut") + (kept ? telling.Say("tracking.signin.kept") : "")), .. Ask(telling)];
    }

    private static List<Reply> Resume(TrackingSaid telling)
    {
        telling.Tracking.AskedAt = telling.State.StepTold;
        Way(telling.Tracking).Fire(telling.Tracking.UnsentAt is TrackingStep.Objection ? TrackingAct.Object : TrackingAct.Write);
        return Ask(telling);
    }

    /// <summary>The pass is renewed by each turn, as by each page. A report that was erased meanwhile is closed.</summary>
    private async Task<IReadOnlyList<Reply>> InOpenAsync(TrackingSaid telling, OpenedReport opened, Func<Task<IReadOnlyList<Reply>>> act, CancellationToken cancellationToken)
    {
        telling.Tracking.Held = await mediator.Send(new HoldPass(telling.State.Conversation, opener.Renewed(opened), telling.Tracking.Held), cancellationToken);
        try
        {
            return await act();
        }
        catch (NotFoundException)
        {
            Forget(telling.Tracking);
            Way(telling.Tracking).Fire(TrackingAct.Track);
            return [new Reply(telling.Say("chat.track.gone")), .. Ask(telling)];
        }
    }

    /// <summary>All that its page says first. From now on its steps are told here.</summary>
    private async Task<IReadOnlyList<Reply>> ShowAsync(TrackingSaid telling, OpenedReport opened, CancellationToken cancellationToken)
    {
        var report = await ReadAsync(telling, opened, cancellationToken);
        Way(telling.Tracking).Fire(TrackingAct.Show);
        var isNew = telling.State.Number != report.Number;
        telling.State.Follow(report.Number, report.Step);
        return
        [
            new Reply(telling.Standing(report)),
            .. telling.NewMessages(report),
            .. telling.Feedback(report),
            new Reply(telling.Timeline(report)),
            .. isNew && !telling.State.OnChannel ? [new Reply(telling.Say("chat.track.followed"))] : Array.Empty<Reply>(),
            .. Ask(telling),
        ];
    }

    /// <summary>Reads it, and settles what is offered: a number means what it stood for when it was shown.</summary>
    private async Task<TrackedReport> ReadAsync(TrackingSaid telling, OpenedReport opened, CancellationToken cancellationToken)
    {
        var report = await mediator.Send(new ReadTracking(opened), cancellationToken);
        var reward = await mediator.Send(new ReadRewardProgress(opened), cancellationToken);
        telling.Tracking.Offered =
        [
            TrackingChoice.Progress,
            .. report.Messages.Count > 0 ? [TrackingChoice.Messages] : Array.Empty<TrackingChoice>(),
            TrackingChoice.Write,
            .. report.Open.Contains(ReportAction.Object) ? [TrackingChoice.Object] : Array.Empty<TrackingChoice>(),
            .. reward.State is RewardState.NotWanted ? Array.Empty<TrackingChoice>() : [TrackingChoice.Reward],
            .. report.Open.Contains(ReportAction.Withdraw) ? [TrackingChoice.Withdraw] : Array.Empty<TrackingChoice>(),
            TrackingChoice.Another,
            TrackingChoice.Back,
        ];
        return report;
    }

    private async Task<IReadOnlyList<Reply>> ChooseAsync(TrackingSaid telling, OpenedReport opened, string said, CancellationToken cancellationToken)
    {
        var tracking = telling.Tracking;
        if (Option.Chosen(telling.Options, said) is not { } option)
            return [new Reply(telling.Say("chat.choose")), .. Ask(telling)];
        switch (Enum.Parse<TrackingChoice>(option.Value))
        {
            case TrackingChoice.Progress:
                return await ShowAsync(telling, opened, cancellationToken);
            case TrackingChoice.Messages:
                return [.. telling.Messages(await ReadAsync(telling, opened, cancellationToken)), .. Ask(telling)];
            case TrackingChoice.Reward:
                return [telling.Reward(await mediator.Send(new ReadRewardProgress(opened), cancellationToken)), .. Ask(telling)];
            case TrackingChoice.Another:
                Forget(tracking);
                Way(tracking).Fire(TrackingAct.Track);
                return Ask(telling);
            case TrackingChoice.Back:
                return Back(telling);
            case var act:
                tracking.AskedAt = (await mediator.Send(new ReadTracking(opened), cancellationToken)).Step;
                Way(tracking).Fire(act switch { TrackingChoice.Object => TrackingAct.Object, TrackingChoice.Withdraw => TrackingAct.Withdraw, _ => TrackingAct.Write });
                return Ask(telling);
        }
    }

    /// <summary>Sends a message or an objection. One that had been sent before the program ended or another window was quicker is not sent again.</summary>
    private async Task<IReadOnlyList<Reply>> SendAsync<T>(
        TrackingSaid telling, OpenedReport opened, string said, Func<string?, IRequest<T>> act, string name, string done, CancellationToken cancellationToken)
    {
        var option = TrackingSaid.IsNumber(said) ? Option.Chosen(telling.TextOptions, said) : null;
        if (option is { Value: TrackingSaid.BackValue })
            return Back(telling);
        if (option is null && TrackingSaid.IsNumber(said))
            return [new Reply(telling.Say("chat.choose")), .. Ask(telling)]; // the number that led here, sent twice
        var text = telling.TextOf(said);
        return await DoAsync(telling, opened, () => mediator.Send(act(text), cancellationToken), report => name == nameof(ReportAction.WriteToOfficers)
            ? report.Messages.Any(message => message.Own && message.Step > telling.Tracking.AskedAt && message.Text == text.Trim())
            : telling.IsDone(report, name), done, cancellationToken);
    }

    private async Task<IReadOnlyList<Reply>> WithdrawAsync(TrackingSaid telling, OpenedReport opened, string said, CancellationToken cancellationToken) =>
        Option.Chosen(telling.WithdrawalOptions, said) switch
        {
            null => [new Reply(telling.Say("chat.choose")), .. Ask(telling)],
            { Value: TrackingSaid.BackValue } => Back(telling),
            _ => await DoAsync(telling, opened, () => mediator.Send(new WithdrawReport(opened), cancellationToken),
                report => telling.IsDone(report, nameof(ReportAction.Withdraw)), "tracking.withdraw.done", cancellationToken),
        };

    /// <summary>What is refused is explained: a text can be written again, and what the report's state does not allow any more leads back to it.</summary>
    private async Task<IReadOnlyList<Reply>> DoAsync<T>(
        TrackingSaid telling, OpenedReport opened, Func<Task<T>> act, Func<TrackedReport, bool> isDone, string done, CancellationToken cancellationToken)
    {
        var told = telling.Say(done);
        try
        {
            if (!isDone(await mediator.Send(new ReadTracking(opened), cancellationToken)))
                await act();
        }
        catch (ValidationException refusal)
        {
            return [.. refusal.Errors.Select(fault => new Reply(telling.Say(fault.ErrorMessage))), .. Ask(telling)];
        }
        catch (RuleBrokenException refusal)
        {
            told = telling.Say(refusal.Code, [.. refusal.Values]);
        }

        telling.Tracking.Unsent = null;
        Way(telling.Tracking).Fire(TrackingAct.Done);
        await ReadAsync(telling, opened, cancellationToken);
        return [new Reply(told), .. Ask(telling)];
    }
}
