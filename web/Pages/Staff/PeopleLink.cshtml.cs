using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>关联单位账号 of one person.</summary>
public sealed class PeopleLinkModel(IMediator mediator, CurrentStaff current, OpenIdSettings settings, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Staff { get; set; }

    [BindProperty]
    public string? Account { get; set; }

    public StaffLine? Line { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!current.Is(Role.Administrator))
            throw new NotPermittedException();
        Line = (await mediator.Send(new ListStaff(), HttpContext.RequestAborted)).FirstOrDefault(line => settings.IsOn && line.Id == Staff && line.Active)
            ?? throw new NotFoundException();
        await next();
    }

    public void OnGet() => Account = Line!.Account;

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            await mediator.Send(new LinkAccount(Staff, Account), HttpContext.RequestAborted);
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
