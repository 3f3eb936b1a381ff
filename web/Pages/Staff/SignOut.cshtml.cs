using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Staff;

/// <summary>退出: the session's row goes, and the cookie with it.</summary>
public sealed class SignOutModel(IMediator mediator) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/staff");

    public async Task<IActionResult> OnPostAsync()
    {
        await mediator.Send(new Report12350.Staff.SignOut(), HttpContext.RequestAborted);
        Response.ForgetSecret(SecretCookies.Staff);
        TempData["Notice"] = "staff.signedOut";
        return LocalRedirect("/staff/sign-in");
    }
}
