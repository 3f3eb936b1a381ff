using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>我的通行密钥: those one has, and the two steps of adding one: its name, then the device.</summary>
public sealed class PasskeysModel(IMediator mediator, SiteAddress address, Texts texts, JurisdictionProfile profile) : PageModel
{
    private const string Here = "/staff/passkeys";

    public IReadOnlyList<PasskeyLine> Mine { get; private set; } = [];

    /// <summary>Off until the site's address is configured.</summary>
    public bool IsOff => address.Known is null;

    /// <summary>What the device is to sign, in the second step.</summary>
    public string? Options { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostBeginAsync() => TryAsync(async () =>
    {
        var question = await mediator.Send(new PreparePasskey(Name), HttpContext.RequestAborted);
        PasskeyCookie.Keep(HttpContext, question);
        Options = question.Options;
        return await ShowAsync();
    });

    public Task<IActionResult> OnPostAddAsync() => TryAsync(async () =>
    {
        var answer = PasskeyCookie.AnswerOf(HttpContext, Passkey) ?? new PasskeyAnswer("", Kept: null);
        await mediator.Send(new AddPasskey(Name, answer), HttpContext.RequestAborted);
        return Back("passkeys.added");
    });

    public Task<IActionResult> OnPostRenameAsync(Guid passkey) => TryAsync(async () =>
    {
        await mediator.Send(new RenamePasskey(passkey, Name), HttpContext.RequestAborted);
        return Back("passkeys.renamed");
    });

    public async Task<IActionResult> OnPostRemoveAsync(Guid passkey)
    {
        await mediator.Send(new RemovePasskey(passkey), HttpContext.RequestAborted);
        return Back("passkeys.removed");
    }

    public string DayOf(DateTimeOffset moment) => texts.Day(profile.DayOf(moment));

    private LocalRedirectResult Back(string notice)
    {
        TempData["Notice"] = notice;
        return LocalRedirect(Here);
    }

    private async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act)
    {
        try
        {
            return await act();
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts);
        }

        return await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        Mine = await mediator.Send(new ListMyPasskeys(), HttpContext.RequestAborted);
        return Page();
    }
}
