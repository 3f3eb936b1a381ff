using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Bot.Dialogues;
using Report12350.Conversations;
using Report12350.Domain;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Web.Pages.Filing;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Chat;

/// <summary>对话中的举证材料: sealed as they stream in, by the same use case as the form's.</summary>
[IgnoreAntiforgeryToken, StreamedUpload]
public sealed class FilesModel(IMediator mediator, ChatTurns conversations, IAntiforgery antiforgery, JurisdictionProfile profile, Texts texts) : PageModel
{
    private CancellationToken Gone => HttpContext.RequestAborted;

    public IActionResult OnGet() => Redirect("/chat");

    public async Task<IActionResult> OnPostAsync()
    {
        if (ConversationPass.Parse(Request.Secret(SecretCookies.Chat)) is not { } pass
            || await conversations.ReadAsync(pass, Gone) is not { State: { Step: FilingStep.Evidence, Tracking.Step: TrackingStep.Away } state }
            || DraftPass.Parse(state.Draft) is not { } draft)
        {
            return Redirect("/chat");
        }

        try
        {
            return await TakeAsync(pass, draft);
        }
        catch (InvalidDataException)
        {
            return BadRequest();
        }
        catch (Exception gone) when (gone is NotFoundException or StaleException)
        {
            return Redirect("/chat");
        }
    }

    private async Task<IActionResult> TakeAsync(ConversationPass pass, DraftPass draft)
    {
        var (sent, faults) = (0, new List<string>());
        await foreach (var file in StreamedFiles.ReadAsync(HttpContext, antiforgery, Gone))
        {
            try
            {
                if (ChatTurns.NoteOn(await mediator.Send(new AttachEvidence(draft, file.Name, file.Content), Gone), texts.Say) is { } note)
                    faults.Add(note);
                sent++;
            }
            catch (RuleBrokenException refusal)
            {
                faults.Add(refusal.Code == "rule.TooManyFiles" ? texts["filing.evidence.tooMany", file.Name, profile.Uploads.MaxFiles] : texts[refusal.Code, [.. refusal.Values]]);
            }
        }

        if (sent > 0)
            await conversations.FileCameAsync(pass, texts.Say, texts.IsChinese, Gone);
        else if (faults.Count == 0)
            faults.Add(texts["filing.evidence.none"]);
        if (faults.Count > 0)
            TempData["ChatFault"] = string.Join('\n', faults);
        return Redirect("/chat#say");
    }
}
