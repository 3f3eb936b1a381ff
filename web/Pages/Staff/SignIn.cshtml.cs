using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Staff;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Staff;

/// <summary>工作人员登录: name, password and code; what was wrong is not said.</summary>
public sealed class SignInModel(IMediator mediator, CurrentStaff current) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public bool FirstStart { get; private set; }

    public async Task<IActionResult> OnGetAsync() => current.IsSignedIn ? LocalRedirect("/staff") : await ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var result = await mediator.Send(new Report12350.Staff.SignIn(Name ?? "", Password ?? "", Code ?? ""), HttpContext.RequestAborted);
        if (result.Pass is { } pass)
        {
            Response.KeepSecret(SecretCookies.Staff, pass.ToCookie());
            return LocalRedirect("/staff");
        }

        ModelState.AddModelError(nameof(Name), result.Outcome is SignInOutcome.Locked ? "staff.signin.locked" : "staff.signin.refused");
        return await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        FirstStart = await mediator.Send(new AwaitsAdministrator(), HttpContext.RequestAborted);
        return Page();
    }
}
