using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Web.Pages.Staff;

/// <summary>我的登录: where one is signed in, by day, and recovery codes; other sessions can be ended here, and the password and passkeys changed from here.</summary>
public sealed class SignInsModel(IMediator mediator, Texts texts, JurisdictionProfile profile) : PageModel
{
    public MySignIns Mine { get; private set; } = new([], 0);

    /// <summary>Shown once.</summary>
    public IReadOnlyList<string>? NewCodes { get; private set; }

    public async Task OnGetAsync() => Mine = await mediator.Send(new ListMySignIns(), HttpContext.RequestAborted);

    public Task<IActionResult> OnPostEndAsync(Guid session) => EndAsync(session);

    public Task<IActionResult> OnPostEndOthersAsync() => EndAsync(session: null);

    public async Task<IActionResult> OnPostRenewAsync()
    {
        NewCodes = await mediator.Send(new RenewRecoveryCodes(), HttpContext.RequestAborted);
        return Page();
    }

    public string DayOf(DateTimeOffset moment) => texts.Day(profile.DayOf(moment));

    private async Task<IActionResult> EndAsync(Guid? session)
    {
        await mediator.Send(new EndMySignIns(session), HttpContext.RequestAborted);
        TempData["Notice"] = "sessions.ended";
        return LocalRedirect("/staff/sign-ins");
    }
}
