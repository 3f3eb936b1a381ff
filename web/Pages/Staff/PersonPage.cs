using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Web.Pages.Staff;

/// <summary>A page about one member of staff (人员页), for administrators.</summary>
public abstract class PersonPage(IMediator mediator, CurrentStaff current) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Staff { get; set; }

    public StaffLine? Line { get; private set; }

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!current.Is(Role.Administrator))
            throw new NotPermittedException();
        Line = (await mediator.Send(new ListStaff(), HttpContext.RequestAborted)).FirstOrDefault(line => line.Id == Staff && IsAbout(line))
            ?? throw new NotFoundException();
        await next();
    }

    protected IMediator Mediator => mediator;

    /// <summary>Whether there is anything to do for this person here.</summary>
    protected virtual bool IsAbout(StaffLine line) => line.Active;
}
