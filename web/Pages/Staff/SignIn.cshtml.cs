using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Staff;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Staff;

/// <summary>工作人员登录: name, password and code; what was wrong is not said.</summary>
public sealed class SignInModel(IMediator mediator, CurrentStaff current, KnownBrowsers browsers, SiteAddress address, OpenIdSettings accounts, Texts texts, TimeProvider time) : PageModel
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

    public bool OffersPasskeys => address.Known is not null && Account is not { SecondFactor: true };

    /// <summary>What people call the house's identity provider; null when there is none.</summary>
    public string? AccountsName => accounts.IsOn ? accounts.Name ?? texts["accounts.name"] : null;

    /// <summary>Whom the identity provider has vouched for; only their password, and a second factor, are asked for.</summary>
    public ProvenAccount? Account { get; private set; }

    public bool FirstStart { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? account)
    {
        if (current.IsSignedIn)
            return LocalRedirect("/staff");
        if (account is "unknown" or "failed")
            ModelState.AddModelError(nameof(Name), $"accounts.{account}");
        return await ShowAsync();
    }

    /// <summary>To the identity provider and back; when it doesn't answer, the name and password still do.</summary>
    public async Task<IActionResult> OnGetOpenIdAsync()
    {
        if (!accounts.IsOn)
            return NotFound();
        try
        {
            await HttpContext.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = OpenIdSignIn.SignInPage });
            return new EmptyResult();
        }
        catch (Exception silent) when (silent is InvalidOperationException or IOException or HttpRequestException)
        {
            ModelState.AddModelError(nameof(Name), "accounts.down");
            return await ShowAsync();
        }
    }

    public IActionResult OnGetByName()
    {
        Response.ForgetSecret(SecretCookies.Account);
        return LocalRedirect(OpenIdSignIn.SignInPage);
    }

    /// <summary>What the device is to sign; names nobody before the sign-in.</summary>
    public async Task<IActionResult> OnGetPasskeyAsync()
    {
        var question = await mediator.Send(new AskForPasskey(), HttpContext.RequestAborted);
        PasskeyCookie.Keep(HttpContext, question);
        return Content(question.Options, "application/json");
    }

    public Task<IActionResult> OnPostAsync() => SignInAsync(account: null, "staff.signin.refused");

    public async Task<IActionResult> OnPostAccountAsync()
    {
        if (OpenIdSignIn.Proven(HttpContext) is { } proven)
            return await SignInAsync(proven, "accounts.refused");
        ModelState.AddModelError(nameof(Name), "accounts.ranOut");
        return await ShowAsync();
    }

    private async Task<IActionResult> SignInAsync(ProvenAccount? account, string refusal)
    {
        var code = string.IsNullOrWhiteSpace(RecoveryCode) ? Code : RecoveryCode;
        var known = browsers.Of(Request);
        var signIn = new Report12350.Staff.SignIn(
            Name ?? "", Password ?? "", code ?? "", KnownBrowsers.NetworkOf(HttpContext), known, PasskeyCookie.AnswerOf(HttpContext, Passkey), account);
        var result = await mediator.Send(signIn, HttpContext.RequestAborted);
        if (result is { Pass: { } pass, Staff: { } staff })
        {
            browsers.Remember(Response, known, staff);
            Response.KeepSecret(SecretCookies.Staff, pass.ToCookie());
            Response.ForgetSecret(SecretCookies.Account);
            return LocalRedirect("/staff");
        }

        ModelState.AddModelError(account is null ? nameof(Name) : nameof(Password), result.Until is { } until ? Wait(until) : refusal);
        return await ShowAsync();
    }

    private string Wait(DateTimeOffset until) => texts["staff.signin.wait", Math.Max(1, (int)Math.Ceiling((until - time.GetUtcNow()).TotalMinutes))];

    private async Task<IActionResult> ShowAsync()
    {
        Account = accounts.IsOn ? OpenIdSignIn.Proven(HttpContext) : null;
        FirstStart = await mediator.Send(new AwaitsAdministrator(), HttpContext.RequestAborted);
        return Page();
    }
}
