using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Filing;

/// <summary>举报须知: what to know before, and the start of a draft.</summary>
[Costly]
public sealed class NoticeModel(IMediator mediator, JurisdictionProfile profile) : PageModel
{
    public IReadOnlyList<LocalText> Items => profile.LegalTexts.StartingWith("notice.");

    public LocalText Liability => profile.LegalTexts["liability.false_report"];

    /// <summary>Where an unfinished draft of this visitor goes on.</summary>
    public string? Continue { get; private set; }

    public Channel Channel { get; private set; }

    public bool IsDesk => Channel is Channel.Phone or Channel.Letter or Channel.Visit;

    public async Task<IActionResult> OnGetAsync()
    {
        var (_, open) = await OpenAsync();
        if (open?.Filed is not null)
            return Redirect(FilingRoute.Done);
        if (open is not null)
        {
            Channel = open.Content.Channel;
            Continue = open.Content.Done.Count > 0 ? FilingRoute.Of(FilingRoute.FirstOpen(open.Content, profile)) : null;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (pass, open) = await OpenAsync();
        if (open?.Filed is not null)
            return Redirect(FilingRoute.Done);
        if (pass is null || open is null)
        {
            pass = await mediator.Send(new StartDraft(), HttpContext.RequestAborted);
            open = await mediator.Send(new ReadDraft(pass), HttpContext.RequestAborted);
            Response.KeepSecret(SecretCookies.Draft, pass.ToCookie());
        }

        var draft = open!.Content;
        draft.Answers.NoticeRead = true;
        draft.Done.Add("notice");
        await mediator.Send(new SaveDraft(pass, draft), HttpContext.RequestAborted);
        return Redirect(FilingRoute.Of("kind"));
    }

    private async Task<(DraftPass? Pass, OpenDraft? Open)> OpenAsync()
    {
        var pass = DraftPass.Parse(Request.Secret(SecretCookies.Draft));
        return (pass, pass is null ? null : await mediator.Send(new ReadDraft(pass), HttpContext.RequestAborted));
    }
}
