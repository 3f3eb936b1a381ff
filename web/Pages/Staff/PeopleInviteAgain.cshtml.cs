using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Domain;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>重新邀请 who lost the password or comes back, after saying what ends; the code is shown once, in the answer to the form.</summary>
public sealed class PeopleInviteAgainModel(IMediator mediator, CurrentStaff current, Texts texts) : PersonPage(mediator, current)
{
    public string? Code { get; private set; }

    protected override bool IsAbout(StaffLine line) => true;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            Code = await Mediator.Send(new InviteAgain(Staff), HttpContext.RequestAborted);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts);
        }

        return Page();
    }
}
