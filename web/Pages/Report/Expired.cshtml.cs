using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Intake;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Filing;

/// <summary>草稿已过期: why, what could be kept, and the way to start again.</summary>
public sealed class ExpiredModel(IMediator mediator) : PageModel
{
    /// <summary>What was typed last went into a new draft.</summary>
    public bool IsKept { get; private set; }

    public string? Narrative { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (DraftPass.Parse(Request.Secret(SecretCookies.Draft)) is not { } pass)
            return Page();
        var open = await mediator.Send(new ReadDraft(pass), HttpContext.RequestAborted);
        if (open?.Filed is not null)
            return Redirect(FilingRoute.Done);
        IsKept = open is not null;
        Narrative = open?.Content.Answers.Narrative;
        return Page();
    }
}
