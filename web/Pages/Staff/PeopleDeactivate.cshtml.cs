using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Domain;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>停用一个人, after saying what will be gone.</summary>
public sealed class PeopleDeactivateModel(IMediator mediator, CurrentStaff current, Texts texts) : PersonPage(mediator, current)
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            await Mediator.Send(new DeactivateStaff(Staff), HttpContext.RequestAborted);
            TempData["Notice"] = "staff.deactivate.done";
            return LocalRedirect("/staff/people");
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts);
            return Page();
        }
    }
}
