using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Bot.Dialogues;
using Report12350.Bot.Protocol;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Web.Pages.Filing;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Chat;

/// <summary>对话举报: the conversation as a plain page. What is said goes into the same draft as the form's, so either can go on where the other stopped.</summary>
[Costly]
public sealed class IndexModel(IMediator mediator, ChatTurns conversations, ShownReceipt receipt, JurisdictionProfile profile, Texts texts) : PageModel
{
    public JurisdictionProfile Profile => profile;

    public OpenChat Chat { get; private set; } = null!;

    /// <summary>Somebody has said something, and it is kept; before that the greeting stands there.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>How many files may still come.</summary>
    public int Room { get; private set; }

    public bool HasRoom => Room > 0;

    public IReadOnlyList<string> Files => [];

    public string LimitsFor(object room) => texts["filing.evidence.limits", room, Sizes.Of(profile.Uploads.MaxFileBytes), Sizes.Of(profile.Uploads.MaxPhotoBytes), Sizes.Of(profile.Uploads.MaxVideoBytes)];

    /// <summary>Answers offered now.</summary>
    public IReadOnlyList<CardAction> Choices => OfferedBefore(Chat.Activities.Count);

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Choice { get; set; }

    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>What was said; a number that chose an answer stands with the answer's words, and files with their names.</summary>
    public string? Said(int at)
    {
        var activity = Chat.Activities[at];
        var chosen = activity.IsOurs ? null : OfferedBefore(at).FirstOrDefault(choice => choice.Value == activity.Text?.Trim());
        return chosen is { } && chosen.Value != chosen.Title ? $"{chosen.Value} {chosen.Title}"
            : activity.Text ?? string.Join('\n', activity.Attachments?.Select(file => file.Name) ?? []);
    }

    public IReadOnlyList<CardAction> LinksOf(Activity activity) => Of(activity, "openUrl");

    public async Task<IActionResult> OnGetAsync()
    {
        if (TempData["ChatFault"] is string fault)
            ModelState.AddModelError(nameof(Files), fault);
        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var said = string.IsNullOrEmpty(Choice) ? Text : Choice;
        if (string.IsNullOrWhiteSpace(said))
            return await RefuseAsync("chat.empty");
        if (said.Length > ChatTurns.LongestText)
            return await RefuseAsync("chat.tooLong");
        if (ConversationPass.Parse(Request.Secret(SecretCookies.Chat)) is not { } pass)
        {
            if (await IsFiledAsync())
                return Redirect(FilingRoute.Done);
            pass = await ChatOpening.BeginAsync(HttpContext, mediator, conversations, texts);
        }

        try
        {
            var state = await conversations.SayAsync(pass, said, texts.Say, texts.IsChinese, Gone);
            return state is { Step: FilingStep.Filed, Tracking.Step: TrackingStep.Away } ? await FiledAsync(pass) : Redirect("/chat#say");
        }
        catch (StaleException)
        {
            return await RefuseAsync("chat.twice");
        }
        catch (ConversationFullException)
        {
            return await RefuseAsync("chat.full");
        }
        catch (NotFoundException)
        {
            return await OverAsync(pass);
        }
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        if (ConversationPass.Parse(Request.Secret(SecretCookies.Chat)) is { } pass)
            await mediator.Send(new EndConversation(pass), Gone);
        if (DraftPass.Parse(Request.Secret(SecretCookies.Draft)) is { } draft)
            await mediator.Send(new DiscardDraft(draft), Gone);
        Response.ForgetSecret(SecretCookies.Chat);
        Response.ForgetSecret(SecretCookies.Draft);
        TempData["Notice"] = "chat.ended";
        return Redirect("/chat");
    }

    /// <summary>This browser's draft is sent, here or in another window.</summary>
    private async Task<bool> IsFiledAsync() =>
        DraftPass.Parse(Request.Secret(SecretCookies.Draft)) is { } draft && (await mediator.Send(new ReadDraft(draft), Gone))?.Filed is not null;

    /// <summary>Number and receipt stand on their own page; of the conversation nothing is kept.</summary>
    private async Task<IActionResult> FiledAsync(ConversationPass pass)
    {
        await mediator.Send(new EndConversation(pass), Gone);
        Response.ForgetSecret(SecretCookies.Chat);
        return Redirect(FilingRoute.Done);
    }

    /// <summary>The draft was filed by another window, or its day is over. What was typed stays in the field.</summary>
    private async Task<IActionResult> OverAsync(ConversationPass pass)
    {
        if (await IsFiledAsync())
            return await FiledAsync(pass);
        await mediator.Send(new EndConversation(pass), Gone);
        Response.ForgetSecret(SecretCookies.Chat);
        return await RefuseAsync("chat.over");
    }

    private async Task<IActionResult> RefuseAsync(string key)
    {
        ModelState.AddModelError(nameof(Text), key);
        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync()
    {
        var begun = ConversationPass.Parse(Request.Secret(SecretCookies.Chat)) is { } pass ? await conversations.ReadAsync(pass, Gone) : null;
        IsBegun = begun is not null;
        Chat = begun ?? await conversations.GreetAsync(DraftPass.Parse(Request.Secret(SecretCookies.Draft)), texts.Say, texts.IsChinese, Gone);
        Chat = Chat with { Activities = await receipt.InAsync(Chat.State, Chat.Activities, texts.Say, Gone) };
        if (DraftPass.Parse(Chat.State.Draft) is { } draft && await mediator.Send(new ReadDraft(draft), Gone) is { } open)
            Room = profile.Uploads.MaxFiles - open.Content.Files.Count;
    }

    /// <summary>What the visitor said last was said to these; what comes of itself takes none of them away.</summary>
    private IReadOnlyList<CardAction> OfferedBefore(int at) =>
        Chat.Activities.Take(at).Reverse().TakeWhile(activity => activity.IsOurs || string.IsNullOrEmpty(activity.Text))
            .Select(activity => Of(activity, "imBack")).FirstOrDefault(actions => actions.Count > 0) ?? [];

    private static IReadOnlyList<CardAction> Of(Activity? activity, string type) => [.. (activity?.SuggestedActions?.Actions ?? []).Where(action => action.Type == type)];
}
