using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>停用一个人, after saying what will be gone.</summary>
public sealed class PeopleDeactivateModel(IMediator mediator, CurrentStaff current, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Staff { get; set; }

    public StaffLine? Line { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!current.Is(Role.Administrator))
            throw new NotPermittedException();
        Line = (await mediator.Send(new ListStaff(), HttpContext.RequestAborted)).FirstOrDefault(line => line.Id == Staff && line.Active)
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
            await mediator.Send(new DeactivateStaff(Staff), HttpContext.RequestAborted);
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
