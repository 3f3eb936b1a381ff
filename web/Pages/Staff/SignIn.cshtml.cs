using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Staff;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Staff;

/// <summary>工作人员登录: name, password and code; what was wrong is not said.</summary>
public sealed class SignInModel(IMediator mediator, CurrentStaff current, KnownBrowsers browsers, SiteAddress address, Texts texts, TimeProvider time) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>Instead of the authenticator's code.</summary>
    [BindProperty]
    public string? RecoveryCode { get; set; }

    /// <summary>What the person's device answered, instead of a code.</summary>
    [BindProperty]
    public string? Passkey { get; set; }

    public bool HasPasskeys => address.Known is not null;

    public bool FirstStart { get; private set; }

    public async Task<IActionResult> OnGetAsync() => current.IsSignedIn ? LocalRedirect("/staff") : await ShowAsync();

    /// <summary>What the device is to sign; names nobody before the sign-in.</summary>
    public async Task<IActionResult> OnGetPasskeyAsync()
    {
        var question = await mediator.Send(new AskForPasskey(), HttpContext.RequestAborted);
        PasskeyCookie.Keep(HttpContext, question);
        return Content(question.Options, "application/json");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var code = string.IsNullOrWhiteSpace(RecoveryCode) ? Code : RecoveryCode;
        var known = browsers.Of(Request);
        var signIn = new Report12350.Staff.SignIn(
            Name ?? "", Password ?? "", code ?? "", KnownBrowsers.NetworkOf(HttpContext), known, PasskeyCookie.AnswerOf(HttpContext, Passkey));
        var result = await mediator.Send(signIn, HttpContext.RequestAborted);
        if (result is { Pass: { } pass, Staff: { } staff })
        {
            browsers.Remember(Response, known, staff);
            Response.KeepSecret(SecretCookies.Staff, pass.ToCookie());
            return LocalRedirect("/staff");
        }

        ModelState.AddModelError(nameof(Name), result.Until is { } until ? Wait(until) : "staff.signin.refused");
        return await ShowAsync();
    }

    private string Wait(DateTimeOffset until) => texts["staff.signin.wait", Math.Max(1, (int)Math.Ceiling((until - time.GetUtcNow()).TotalMinutes))];

    private async Task<IActionResult> ShowAsync()
    {
        FirstStart = await mediator.Send(new AwaitsAdministrator(), HttpContext.RequestAborted);
        return Page();
    }
}
