using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Identity;

namespace Report12350.Web.Pages.Staff.Reveals;

/// <summary>举报人身份, for the person to whom it was granted and only for its time.</summary>
public sealed class IdentityModel(IMediator mediator) : PageModel
{
    /// <summary>Null when the time is over.</summary>
    public RevealedIdentity? Seen { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        try
        {
            Seen = await mediator.Send(new LookAtIdentity(id), HttpContext.RequestAborted);
        }
        catch (RuleBrokenException)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
        }
    }
}
