using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Rewards;
using Report12350.Rewards;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Claim;

/// <summary>已申领: what happens next.</summary>
public sealed class DoneModel(IMediator mediator, ClaimPasses passes) : PageModel
{
    public ClaimStanding Standing { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (passes.Open(Request.Secret(IndexModel.Cookie)) is not { } proof)
            return RedirectToPage("Index");
        Standing = await mediator.Send(new ReadClaim(proof), HttpContext.RequestAborted);
        return Standing.State is RewardState.Claimed ? Page() : RedirectToPage("Collect");
    }
}
