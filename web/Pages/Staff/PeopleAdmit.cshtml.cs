using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>用恢复密钥准入: for a group that nobody can open yet.</summary>
public sealed class PeopleAdmitModel(IMediator mediator, CurrentStaff current, Texts texts, JurisdictionProfile profile) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Staff { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Group { get; set; } = "";

    [BindProperty]
    public string? RecoveryKey { get; set; }

    public StaffLine? Line { get; private set; }

    public string GroupName => new PeopleWords(texts, profile).Group(Group);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!current.Is(Role.Administrator))
            throw new NotPermittedException();
        Line = (await mediator.Send(new ListStaff(), HttpContext.RequestAborted)).FirstOrDefault(line => line.Id == Staff && line.Waiting.Contains(Group))
            ?? throw new NotFoundException();
        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            await mediator.Send(new AdmitMember(Staff, Group, RecoveryKey), HttpContext.RequestAborted);
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
