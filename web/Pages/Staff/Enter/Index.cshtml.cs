using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Web.Pages.Filing;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Desk;

/// <summary>受理员代录: an operator begins the form for a caller, a letter or a visitor.</summary>
public sealed class EnterModel(IMediator mediator, CurrentStaff current, JurisdictionProfile profile) : PageModel
{
    public static readonly IReadOnlyList<Channel> Channels = [Domain.Reports.Channel.Phone, Domain.Reports.Channel.Letter, Domain.Reports.Channel.Visit];

    public string Who => current.DisplayName;

    public string? Continue { get; private set; }

    [BindProperty]
    public Channel? Channel { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        RequireOperator();
        var open = await ReadAsync();
        if (open?.Filed is not null)
            return Redirect(FilingRoute.Done);
        Continue = open is null ? null : FilingRoute.Of(FilingRoute.FirstOpen(open.Content, profile));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        RequireOperator();
        if (await ReadAsync() is { Filed: not null })
            return Redirect(FilingRoute.Done);
        if (Channel is not { } channel || !Channels.Contains(channel))
        {
            ModelState.AddModelError(nameof(Channel), "filing.error.channel");
            return Page();
        }

        var pass = await mediator.Send(new StartDraft(channel), HttpContext.RequestAborted);
        Response.KeepSecret(SecretCookies.Draft, pass.ToCookie());
        return Redirect(FilingRoute.Start);
    }

    private void RequireOperator()
    {
        if (!current.Is(Role.Operator))
            throw new NotPermittedException();
    }

    private async Task<OpenDraft?> ReadAsync() => DraftPass.Parse(Request.Secret(SecretCookies.Draft)) is { } pass
        ? await mediator.Send(new ReadDraft(pass), HttpContext.RequestAborted)
        : null;
}
