using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Bot.Dialogues;
using Report12350.Conversations;
using Report12350.Messaging;
using Report12350.Web.Pages.Filing;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Chat;

/// <summary>对话中的举证材料: sealed as they stream in, by the same use case as the form's.</summary>
[IgnoreAntiforgeryToken, StreamedUpload]
public sealed class FilesModel(IMediator mediator, ChatTurns conversations, IAntiforgery antiforgery, Texts texts) : PageModel
{
    private CancellationToken Gone => HttpContext.RequestAborted;

    public IActionResult OnGet() => Redirect("/chat");

    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is not { } pass
            || await conversations.ReadAsync(pass, Gone) is not { State: { Step: FilingStep.Evidence, Tracking.Step: TrackingStep.Away } })
        {
            return Redirect("/chat");
        }

        try
        {
            var files = StreamedFiles.ReadAsync(HttpContext, antiforgery, Gone).Select(file => new ChatFile(file.Name, file.Content));
            var faults = await conversations.TakeFilesAsync(pass, files, texts.Say, texts.IsChinese, Gone);
            if (faults.Count > 0)
                TempData["ChatFault"] = string.Join('\n', faults);
            return Redirect("/chat#say");
        }
        catch (InvalidDataException)
        {
            return BadRequest();
        }
        catch (ConversationFullException)
        {
            TempData["ChatFault"] = texts["chat.full"];
            return Redirect("/chat#say");
        }
        catch (Exception gone) when (gone is NotFoundException or StaleException)
        {
            return Redirect("/chat");
        }
    }

    /// <summary>Who comes from the form may send files before they say anything.</summary>
    private async Task<ConversationPass?> OpenAsync() =>
        ConversationPass.Parse(Request.Secret(SecretCookies.Chat))
        ?? (Request.Secret(SecretCookies.Draft) is null ? null : await ChatOpening.BeginAsync(HttpContext, mediator, conversations, texts));
}
