using System.Text;
using System.Text.RegularExpressions;
using MediatR;
using Report12350.Bot.Protocol;
using Report12350.Confidentiality;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Stateless;

namespace Report12350.Bot.Dialogues;

/// <summary>The steps of filing by conversation (对话步骤), in the order of <see cref="FilingQuestions"/>.</summary>
public enum FilingStep
{
    Notice,
    What,
    Kind,
    Deaths,
    Sector,
    Town,
    Place,
    Unit,
    When,
    StillGoingOn,
    Urgent,
    Evidence,
    Anonymity,
    Name,
    Phone,
    Reward,
    NotExcluded,
    ClaimCode,

    /// <summary>All answered: send, or change a line.</summary>
    Check,

    /// <summary>Filed: number and receipt are shown until they are saved.</summary>
    Filed,

    /// <summary>They are saved and gone from here; what happens to the report is told while the conversation is open.</summary>
    Followed,
}

/// <summary>What moves a dialogue on.</summary>
public enum FilingAct
{
    Answer,
    Back,
    Change,
    Restart,
    File,
    Save,
}

/// <summary>One thing the service says.</summary>
/// <param name="Link">A page of the site that goes with it, and the text of the link.</param>
public sealed record Reply(string Text, IReadOnlyList<Option> Options, (string Href, string Text)? Link = null)
{
    /// <summary>Number and receipt are put in its place while it is shown, as long as they are to be had; in no log.</summary>
    public bool IsReceipt { get; init; }

    /// <summary>Choosing an answer says its words, not its number.</summary>
    public bool ByWords { get; init; }

    /// <summary>Files it asks for: how many may still come.</summary>
    public int Room { get; init; }

    /// <summary>It asks where something is: a place may be shared.</summary>
    public bool AsksPlace { get; init; }

    /// <summary>Number and receipt are no longer to be seen anywhere on the client's screen.</summary>
    public bool HidesReceipt { get; init; }

    public Reply(string text)
        : this(text, [])
    {
    }
}

/// <summary>Files a report by conversation (对话填报): asks what the first sentences left open, by the form's own rules and into the form's own draft.</summary>
public sealed partial class FilingDialogue(IMediator mediator, JurisdictionProfile profile, KeyRing ring)
{
    /// <summary>The whole way. Which question is next depends on what is known already.</summary>
    private static StateMachine<FilingStep, FilingAct> Way(DialogueState state, DraftContent draft)
    {
        var way = new StateMachine<FilingStep, FilingAct>(() => state.Step, step => state.Step = step);
        foreach (var step in Enum.GetValues<FilingStep>().Where(step => step is not (FilingStep.Filed or FilingStep.Followed)))
        {
            way.Configure(step)
                .PermitDynamic(FilingAct.Answer, () => NextOpen(draft))
                .PermitDynamicIf(FilingAct.Back, () => state.Asked[^1], () => state.Asked.Count > 0)
                .PermitDynamic(FilingAct.Restart, () => FilingStep.Notice);
        }

        way.Configure(FilingStep.Check)
            .PermitDynamic(FilingAct.Change, () => state.ToChange)
            .Permit(FilingAct.File, FilingStep.Filed);
        way.Configure(FilingStep.Filed).Permit(FilingAct.Save, FilingStep.Followed);
        return way;
    }

    /// <summary>First question that is to be asked and isn't answered; the check when there is none.</summary>
    private static FilingStep NextOpen(DraftContent draft) =>
        FilingQuestions.InOrder.FirstOrDefault(question => question.Applies(draft) && !question.IsAnswered(draft))?.Step ?? FilingStep.Check;

    /// <summary>So long, and it tells something even where no word of it is known.</summary>
    private const int Sentence = 20;

    private readonly Understanding ear = new(profile);

    /// <summary>What the service says first, to a new visitor or to one who comes from the form.</summary>
    /// <param name="opening">What somebody said on a channel before they were greeted; null elsewhere.</param>
    /// <param name="mayTell">It may be what happened, and is kept as that when it tells something.</param>
    public async Task<(DialogueState State, IReadOnlyList<Reply> Replies)> BeginAsync(
        DraftPass pass, Say say, bool isChinese, CancellationToken cancellationToken, string? opening = null, bool mayTell = false)
    {
        var draft = (await mediator.Send(new ReadDraft(pass), cancellationToken))?.Content ?? throw new NotFoundException();
        return Greeting(pass, draft, say, isChinese, opening, mayTell);
    }

    /// <summary>The same to somebody who has said nothing yet; nothing is kept.</summary>
    /// <param name="pass">What they have answered in the form, if anything.</param>
    public async Task<(DialogueState State, IReadOnlyList<Reply> Replies)> GreetAsync(DraftPass? pass, Say say, bool isChinese, CancellationToken cancellationToken) =>
        pass is not null && await mediator.Send(new ReadDraft(pass), cancellationToken) is { Filed: null } open
            ? Greeting(pass, open.Content, say, isChinese) : Greeting(null, new DraftContent(), say, isChinese);

    private (DialogueState State, IReadOnlyList<Reply> Replies) Greeting(DraftPass? pass, DraftContent draft, Say say, bool isChinese, string? opening = null, bool mayTell = false)
    {
        var state = new DialogueState { Draft = pass?.ToCookie() ?? "", Step = NextOpen(draft), OnChannel = opening is not null };
        List<Reply> replies = [.. EmergencyFirst(state, opening ?? "", say), new Reply(say("chat.hello", profile.County))];
        if (state.OnChannel)
            replies.Add(new Reply(say("chat.channel"), [], ("/report", say("chat.form"))));
        var asking = new Asking(draft, state, profile, ear, say, isChinese);
        if (mayTell && ToldAhead(asking, FilingQuestions.Of(FilingStep.Notice)!, Typed(opening!)))
        {
            state.Unsaved = new SaveDraft(pass!, draft);
            replies.Add(new Reply(say("chat.notice.ahead")));
        }

        return (state, [.. replies, .. Ask(asking)]);
    }

    /// <summary>One turn. Whatever is said, the dialogue is in one of its steps afterwards, and says what it wants.</summary>
    /// <exception cref="NotFoundException">The draft's day is over, or it was filed or thrown away meanwhile.</exception>
    public async Task<IReadOnlyList<Reply>> TakeAsync(DialogueState state, string said, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        if (state.Step is FilingStep.Followed)
            return [new Reply(say("chat.followed", profile.Hotline), [], ("/track", say("shell.home.track.title")))];
        var pass = DraftPass.Parse(state.Draft) ?? throw new NotFoundException();
        var open = await mediator.Send(new ReadDraft(pass), cancellationToken);
        if (state.Step is FilingStep.Filed || open?.Filed is not null)
            return await FiledAsync(state, pass, open?.Filed, said, say, cancellationToken);
        if (open is null)
            throw new NotFoundException();
        var asking = new Asking(open.Content, state, profile, ear, say, isChinese);
        var text = Typed(said);
        var answered = Commanded(asking, text);
        if (answered is null && state.Step is FilingStep.Check)
            return await CheckAsync(asking, pass, text, cancellationToken);
        answered ??= Answer(asking, text);
        state.Unsaved = new SaveDraft(pass, asking.Draft);
        return answered;
    }

    /// <summary>Asks once more what was open, after something else.</summary>
    /// <exception cref="NotFoundException">The draft's day is over, or it was filed or thrown away meanwhile.</exception>
    public async Task<IReadOnlyList<Reply>> GoOnAsync(DialogueState state, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        if (state.Step is FilingStep.Followed)
            return [];
        var pass = DraftPass.Parse(state.Draft) ?? throw new NotFoundException();
        var open = await mediator.Send(new ReadDraft(pass), cancellationToken);
        if (state.Step is FilingStep.Filed || open?.Filed is not null)
            return await FiledAsync(state, pass, open?.Filed, "", say, cancellationToken);
        return Ask(new Asking((open ?? throw new NotFoundException()).Content, state, profile, ear, say, isChinese));
    }

    /// <summary>Something else comes first: what was asked beside the question itself is asked anew afterwards.</summary>
    public static void Interrupt(DialogueState state) => (state.Restarting, state.Changing, state.ClaimCodeOnce) = (false, false, null);

    /// <summary>Whoever seems to be in danger is told once whom to call, whatever else they are told.</summary>
    public static IReadOnlyList<Reply> EmergencyFirst(DialogueState state, string said, Say say)
    {
        if (state.EmergencyTold || !Emergency().IsMatch(said))
            return [];
        state.EmergencyTold = true;
        return [new Reply(say("chat.emergency"))];
    }

    /// <summary>A file has come in by the same way as the form's.</summary>
    public async Task<IReadOnlyList<Reply>> FileCameAsync(DialogueState state, Say say, bool isChinese, CancellationToken cancellationToken)
    {
        var pass = DraftPass.Parse(state.Draft) ?? throw new NotFoundException();
        if (await mediator.Send(new ReadDraft(pass), cancellationToken) is not { Filed: null } open)
            throw new NotFoundException();
        return [new Reply(say("chat.evidence.came", open.Content.Files.Count)), .. Ask(new Asking(open.Content, state, profile, ear, say, isChinese))];
    }

    /// <summary>What is typed next stays out of the log.</summary>
    public static bool IsSecret(DialogueState state) => FilingQuestions.Of(state.Step)?.IsSecret is true;

    private static List<Reply> Ask(Asking asking)
    {
        var state = asking.State;
        if (state.Step is FilingStep.Check)
            return [new Reply($"{asking.Say("chat.check")}\n\n{FilingCheck.Lines(asking)}\n\n{asking.Say("chat.check.pledge")}", FilingCheck.Options(asking))];
        if (FilingQuestions.Of(state.Step) is not { } question)
            return [];
        var hint = question.Hint is { } key ? $"\n{asking.Say(state.OnChannel && question.HintOnChannel is { } other ? other : key)}" : "";
        var room = question.Step is FilingStep.Evidence ? asking.Profile.Uploads.MaxFiles - asking.Draft.Files.Count : 0;
        return [new Reply(asking.Say(question.Ask) + hint, question.Options?.Invoke(asking) ?? []) { Room = room, AsksPlace = question.Step is FilingStep.Place }];
    }

    private static string Typed(string said) => said.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();

    /// <summary>Words that are understood at every step.</summary>
    private List<Reply>? Commanded(Asking asking, string text)
    {
        var (state, say) = (asking.State, asking.Say);
        if (state.Restarting)
            return Restart(asking, text);
        switch (Commands.Of(text))
        {
            case Command.Back:
                return Back(asking);
            case Command.Restart:
                state.Restarting = true;
                return [new Reply(say("chat.restart"), RestartOptions(say))];
            case Command.Hotline:
                return [new Reply(say("chat.hotline", profile.Hotline)), .. Ask(asking)];
            case Command.Help:
                return [new Reply(say("chat.help", profile.Hotline)), .. Ask(asking)];
            default:
                return null;
        }
    }

    private static List<Reply> Back(Asking asking)
    {
        var (state, way) = (asking.State, Way(asking.State, asking.Draft));
        (state.Changing, state.SectorGroup, state.ClaimCodeOnce) = (false, null, null);
        if (!way.CanFire(FilingAct.Back))
            return [new Reply(asking.Say("chat.back.none")), .. Ask(asking)];
        way.Fire(FilingAct.Back);
        state.Asked.RemoveAt(state.Asked.Count - 1);
        return Ask(asking);
    }

    private static List<Reply> Restart(Asking asking, string text)
    {
        var (state, say) = (asking.State, asking.Say);
        if (Option.Chosen(RestartOptions(say), text) is not { } option)
            return [new Reply(say("chat.choose"), RestartOptions(say))];
        state.Restarting = false;
        if (option.Value == FilingQuestions.No)
            return Ask(asking);
        Way(state, asking.Draft).Fire(FilingAct.Restart);
        state.Asked.Clear();
        (state.Changing, state.SectorGroup, state.ClaimCodeOnce) = (false, null, null);
        asking.Draft.Answers = new ReportAnswers();
        asking.Draft.Identity = new ReporterIdentity();
        asking.Draft.ClaimCodeHash = null;
        asking.Draft.Done.Clear();
        return [new Reply(say("chat.restarted")), .. Ask(asking)];
    }

    private List<Reply> Answer(Asking asking, string text)
    {
        var (state, draft, say) = (asking.State, asking.Draft, asking.Say);
        var question = FilingQuestions.Of(state.Step)!;
        if (Refused(asking, question, text, out var value) is { } refusal)
            return [new Reply(ToldAhead(asking, question, text) ? say("chat.notice.ahead") : refusal), .. Ask(asking)];
        if (question.Step is FilingStep.ClaimCode)
            return ClaimCodeTyped(asking, value);
        if (question.Step is FilingStep.Sector && Opened(asking, value))
            return Ask(asking);
        question.Take(draft, value);
        if (FaultOf(draft, question) is { } fault)
        {
            question.Forget(draft);
            return [new Reply(say(fault)), .. Ask(asking)];
        }

        return Onward(asking, question.Step is FilingStep.What || (question.Step is FilingStep.Notice && draft.Answers.Narrative is not null) ? Hear(asking) : null);
    }

    /// <summary>Who tells what happened, or where, before the notice has told it; the notice still comes before the rest. A receipt mistyped is no story.</summary>
    private bool ToldAhead(Asking asking, Question question, string text)
    {
        var what = FilingQuestions.Of(SharedPlace.Is(text) ? FilingStep.Place : FilingStep.What)!;
        if (question.Step is not FilingStep.Notice || what.IsAnswered(asking.Draft) || TypedReceipt.MayBeIn(text, TrackingStep.Away) || (text.Length < Sentence && !ear.Read(text).IsAnything))
            return false;
        what.Take(asking.Draft, text);
        if (FaultOf(asking.Draft, what) is not null)
        {
            what.Forget(asking.Draft);
            return false;
        }

        asking.State.Asked.Add(what.Step);
        return true;
    }

    /// <summary>Why the text is no answer; null when it is one.</summary>
    private string? Refused(Asking asking, Question question, string text, out string value)
    {
        value = text;
        if (text.Length == 0)
            return asking.Say("chat.empty");
        if (question.Options?.Invoke(asking) is not { } options)
            return null;
        if (Option.Chosen(options, text) is { } option)
        {
            value = option.Value;
            return null;
        }

        var heard = question.Step switch
        {
            FilingStep.Town => ear.Read(text).Town ?? asking.Profile.Towns.FirstOrDefault(town => text.Contains(town.NameEn, StringComparison.OrdinalIgnoreCase))?.Id,
            FilingStep.Sector => ear.Read(text).Sector,
            _ => question.TakesText ? text : null,
        };
        value = heard ?? text;
        return heard is null ? asking.Say("chat.choose") : null;
    }

    private static bool Opened(Asking asking, string value)
    {
        asking.State.SectorGroup = value.StartsWith(FilingQuestions.GroupPrefix, StringComparison.Ordinal) ? value[FilingQuestions.GroupPrefix.Length..] : null;
        return asking.State.SectorGroup is not null || value == FilingQuestions.AllGroups;
    }

    /// <summary>Once is a slip of the finger away from losing the reward; the code itself is kept nowhere.</summary>
    private List<Reply> ClaimCodeTyped(Asking asking, string code)
    {
        var (state, draft, say) = (asking.State, asking.Draft, asking.Say);
        if (!ClaimCode.IsLongEnough(code))
            return [new Reply(say("filing.error.claimCode")), .. Ask(asking)];
        if (state.ClaimCodeOnce is not { } once)
        {
            state.ClaimCodeOnce = ClaimCode.Hash(code, draft.ClaimId, ring);
            return [new Reply(say("chat.claimCode.again"))];
        }

        state.ClaimCodeOnce = null;
        if (!ClaimCode.Matches(code, once, draft.ClaimId, ring))
            return [new Reply(say("filing.error.claimCodeAgain")), .. Ask(asking)];
        draft.ClaimCodeHash = once;
        return Onward(asking, null);
    }

    /// <summary>What the narrative says besides; the visitor is told, and can change it at the end.</summary>
    private Reply? Hear(Asking asking)
    {
        var answers = asking.Answers;
        var heard = ear.Read(answers.Narrative!);
        List<string> told = [];
        if (answers.Town is null && heard.Town is { } town)
            told.Add(asking.Say("chat.heard.town", asking.Name(profile.Town(answers.Town = town).Name, profile.Town(town).NameEn)));
        if (answers.Sector is null && heard.Sector is { } sector)
            told.Add(asking.Say("chat.heard.sector", asking.Name(profile.Sector(answers.Sector = sector).ExamplesZh, profile.Sector(sector).ExamplesEn)));
        if (answers.When is null && heard.When is { } when)
            told.Add(asking.Say("chat.heard.when", answers.When = when));
        if (answers.StillGoingOn is null && heard.StillGoingOn is { } still)
            told.Add(asking.Say(still ? "chat.heard.still" : "chat.heard.over", answers.StillGoingOn = still));
        if (answers.Kind is null && heard.Kind is { } kind)
            told.Add(asking.Say("chat.heard.kind", answers.Kind = kind));
        if (heard.Deaths is { } deaths && answers.Deaths is null && answers.Kind is Domain.Reports.MatterKind.ConcealedAccident)
            told.Add(asking.Say("chat.heard.deaths", answers.Deaths = deaths));
        return told.Count == 0 ? null : new Reply($"{asking.Say("chat.heard")}\n{string.Join('\n', told)}");
    }

    private List<Reply> Onward(Asking asking, Reply? first)
    {
        var (state, draft) = (asking.State, asking.Draft);
        var from = state.Step;
        draft.Done.UnionWith(ReportAnswersRules.Pages.Where(page => page is not ("check" or "evidence")
            && FilingQuestions.InOrder.Where(q => q.Page == page && q.Applies(draft)).All(q => q.IsAnswered(draft))));
        Way(state, draft).Fire(FilingAct.Answer);
        state.Asked.Remove(from);
        state.Asked.Add(from);
        return [.. first is null ? [] : new[] { first }, .. Ask(asking)];
    }

    private async Task<IReadOnlyList<Reply>> CheckAsync(Asking asking, DraftPass pass, string text, CancellationToken cancellationToken)
    {
        var (state, say) = (asking.State, asking.Say);
        var options = state.Changing ? FilingCheck.Changes(asking) : FilingCheck.Options(asking);
        if (Option.Chosen(options, text) is not { } option)
            return [new Reply(say("chat.choose"), options)];
        if (state.Changing)
        {
            (state.Changing, state.ToChange) = (false, Enum.Parse<FilingStep>(option.Value));
            Way(state, asking.Draft).Fire(FilingAct.Change);
            state.Asked.Add(FilingStep.Check);
            return Ask(asking);
        }

        if (option.Value != nameof(FilingAct.File))
        {
            state.Changing = true;
            return [new Reply(say("chat.change"), FilingCheck.Changes(asking))];
        }

        var filed = await mediator.Send(new FileReport(pass, TruthPledged: true), cancellationToken);
        Way(state, asking.Draft).Fire(FilingAct.File);
        state.Follow(filed.Number, 0);
        return Filed(state, say);
    }

    /// <summary>Once they say in words that it is saved, the receipt is forgotten here as on the page that shows it. A number will not do: the one that filed may come twice.</summary>
    private async Task<IReadOnlyList<Reply>> FiledAsync(DialogueState state, DraftPass pass, FiledReport? filed, string said, Say say, CancellationToken cancellationToken)
    {
        if (state.Step is not FilingStep.Filed)
        {
            // By the form or another window, or the program ended before the turn was kept.
            state.Step = FilingStep.Filed;
            state.Follow(filed!.Number, 0);
            return Filed(state, say);
        }

        if (filed is not null && (said.Trim().Length < 2 || Option.Chosen(Saved(say), said) is null))
            return [new Reply(say("chat.receipt.save"), Saved(say)) { ByWords = true }];
        if (filed is not null && filed.Number != state.Number)
            state.Follow(filed.Number, 0);
        await mediator.Send(new ForgetReceipt(pass), cancellationToken);
        Way(state, new DraftContent()).Fire(FilingAct.Save);
        return [new Reply(say(state.OnChannel ? "chat.saved.channel" : "chat.saved")) { HidesReceipt = true }];
    }

    private static IReadOnlyList<Reply> Filed(DialogueState state, Say say) =>
        [new Reply(say("chat.receipt.gone")) { IsReceipt = true }, new Reply(say("chat.filed"), Saved(say), state.OnChannel ? null : ("/report/done", say("chat.filed.link"))) { ByWords = true }];

    private static IReadOnlyList<Option> Saved(Say say) => [new(FilingQuestions.Done, say("chat.receipt.saved"), "保存好了", "已保存", "好了", "记下了", "saved", "done")];

    private static IReadOnlyList<Option> RestartOptions(Say say) =>
        [new(FilingQuestions.Yes, say("chat.restart.yes"), "是", "是的", "yes"), new(FilingQuestions.No, say("chat.restart.no"), "否", "不", "不是", "no")];

    private string? FaultOf(DraftContent draft, Question question) =>
        ReportAnswersRules.Faults(draft, profile, question.Page).FirstOrDefault(fault => fault.PropertyName == question.Property)?.ErrorMessage
        ?? (question.IsAnswered(draft) || question.Step is FilingStep.NotExcluded ? null : "chat.choose");

    [GeneratedRegex("着火|起火|火灾|失火|爆炸了|要爆炸|有人被困|被困|被埋|塌了|倒塌|中毒|晕倒|触电|救命|on fire|explosion|trapped", RegexOptions.IgnoreCase)]
    private static partial Regex Emergency();
}
