using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Domain;
using Report12350.Staff;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>关联单位账号 of one person.</summary>
public sealed class PeopleLinkModel(IMediator mediator, CurrentStaff current, OpenIdSettings settings, Texts texts) : PersonPage(mediator, current)
{
    [BindProperty]
    public string? Account { get; set; }

    protected override bool IsAbout(StaffLine line) => settings.IsOn && line.Active;

    public void OnGet() => Account = Line!.Account;

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            await Mediator.Send(new LinkAccount(Staff, Account), HttpContext.RequestAborted);
            TempData["Notice"] = "accounts.linked";
            return LocalRedirect("/staff/people");
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts, nameof(Account));
        }

        return Page();
    }
}
