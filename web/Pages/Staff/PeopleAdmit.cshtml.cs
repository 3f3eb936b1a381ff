using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Domain;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>用恢复密钥准入: for a group that nobody can open yet.</summary>
public sealed class PeopleAdmitModel(IMediator mediator, CurrentStaff current, Texts texts, JurisdictionProfile profile) : PersonPage(mediator, current)
{
    [BindProperty(SupportsGet = true)]
    public string Group { get; set; } = "";

    [BindProperty]
    public string? RecoveryKey { get; set; }

    public string GroupName => new PeopleWords(texts, profile).Group(Group);

    protected override bool IsAbout(StaffLine line) => line.Waiting.Contains(Group);

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            await Mediator.Send(new AdmitMember(Staff, Group, RecoveryKey), HttpContext.RequestAborted);
            TempData["Notice"] = "staff.admitted";
            return LocalRedirect("/staff/people");
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts, nameof(RecoveryKey));
            return Page();
        }
    }
}
