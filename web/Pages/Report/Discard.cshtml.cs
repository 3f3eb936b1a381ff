using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Filing;

/// <summary>不报了: the draft and its files go, and the browser forgets the key.</summary>
public sealed class DiscardModel(IMediator mediator) : PageModel
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var home = "/";
        if (DraftPass.Parse(Request.Secret(SecretCookies.Draft)) is { } pass)
        {
            var open = await mediator.Send(new ReadDraft(pass), HttpContext.RequestAborted);
            if (open?.Filed is not null)
                return Redirect(FilingRoute.Done);
            if (open?.Content.Channel is Channel.Phone or Channel.Letter or Channel.Visit)
                home = FilingRoute.Desk;
            if (open is not null)
                await mediator.Send(new DiscardDraft(pass), HttpContext.RequestAborted);
            Response.ForgetSecret(SecretCookies.Draft);
        }

        TempData["Notice"] = "filing.discard.done";
        return Redirect(home);
    }
}
