using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>邀请: the code is shown once, in the answer to the form.</summary>
public sealed class PeopleInviteModel(IMediator mediator, CurrentStaff current, Texts texts, JurisdictionProfile profile) : PageModel
{
    [BindProperty]
    public string? SignInName { get; set; }

    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? Department { get; set; }

    [BindProperty]
    public List<Role> Roles { get; set; } = [];

    public string? Code { get; private set; }

    public IReadOnlyList<Choice> Departments =>
        [.. profile.Departments.Select(d => new Choice(d.Id, texts.IsChinese ? d.Name : d.NameEn))];

    public void OnGet()
    {
        if (!current.Is(Role.Administrator))
            throw new NotPermittedException();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            Code = await mediator.Send(new InviteStaff(SignInName ?? "", DisplayName ?? "", Department ?? "", Roles), HttpContext.RequestAborted);
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts, nameof(SignInName));
        }

        return Page();
    }
}
