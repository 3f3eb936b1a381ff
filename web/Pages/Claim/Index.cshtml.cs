using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Rewards;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Claim;

/// <summary>领奖励: number and claim code. A number nobody has and a wrong code get the same answer.</summary>
[Costly]
public sealed class IndexModel(IMediator mediator, ClaimPasses passes) : PageModel
{
    public const string Cookie = "claim";

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            var check = await mediator.Send(new CheckClaimCode(Number, Code), HttpContext.RequestAborted);
            if (check.Proof is { } proof)
            {
                Response.KeepSecret(Cookie, passes.Seal(proof));
                return RedirectToPage("Collect");
            }

            ModelState.AddModelError(nameof(Code), check.Outcome is ClaimCheckOutcome.Locked ? "rewards.claim.locked" : "rewards.claim.wrong");
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }

        return Page();
    }
}
