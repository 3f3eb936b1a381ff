using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>改密码: the one the person has now, and another one twice.</summary>
public sealed class PasswordModel(IMediator mediator) : PageModel
{
    public PasswordOwner Owner { get; private set; } = new("", HasAccount: false);

    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Again { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (Password != Again)
        {
            ModelState.AddModelError(nameof(Again), "staff.error.passwordsDiffer");
            return await ShowAsync();
        }

        try
        {
            await mediator.Send(new ChangePassword(Current ?? "", Password ?? ""), HttpContext.RequestAborted);
            TempData["Notice"] = "password.changed";
            return LocalRedirect("/staff/sign-ins");
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }

        return await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        Owner = await mediator.Send(new PreparePasswordChange(), HttpContext.RequestAborted);
        return Page();
    }
}
