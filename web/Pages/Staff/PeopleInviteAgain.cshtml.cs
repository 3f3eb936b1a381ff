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

/// <summary>重新邀请 who lost the password or comes back, after saying what ends; the code is shown once, in the answer to the form.</summary>
public sealed class PeopleInviteAgainModel(IMediator mediator, CurrentStaff current, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Staff { get; set; }

    public StaffLine? Line { get; private set; }

    public string? Code { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!current.Is(Role.Administrator))
            throw new NotPermittedException();
        Line = (await mediator.Send(new ListStaff(), HttpContext.RequestAborted)).FirstOrDefault(line => line.Id == Staff)
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
            Code = await mediator.Send(new InviteAgain(Staff), HttpContext.RequestAborted);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts);
        }

        return Page();
    }
}
