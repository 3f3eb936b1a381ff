using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Rewards;

/// <summary>发放: what the cashier needs to pay one reward, and nothing of the report.</summary>
public sealed class PaymentModel(IMediator mediator, Texts texts) : PageModel
{
    public Payment Payment { get; private set; } = null!;

    [BindProperty(SupportsGet = true, Name = "number")]
    public string Number { get; set; } = "";

    [BindProperty]
    public Guid Claim { get; set; }

    [BindProperty]
    public int Version { get; set; }

    /// <summary>Shown at the counter by the claimant.</summary>
    [BindProperty]
    public string? Code { get; set; }

    public bool AtCounter => Payment is { State: RewardState.Claimed, Excluded: false, Payee: null };

    public async Task OnGetAsync() => Payment = await mediator.Send(new ReadPayment(Number), HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            await mediator.Send(new PayReward(Claim, Version, await ProofAsync()), HttpContext.RequestAborted);
            TempData["Notice"] = "rewards.pay.done";
            return RedirectToPage(new { number = Number });
        }
        catch (ValidationException)
        {
            ModelState.AddModelError(nameof(Code), "rewards.claim.error.code");
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts, refusal.Code is "rule.CounterNeedsClaimCode" ? nameof(Code) : "");
        }
        catch (StaleException)
        {
            ModelState.AddModelError("", "rewards.stale");
        }

        await OnGetAsync();
        return Page();
    }

    private async Task<ClaimProof?> ProofAsync() =>
        string.IsNullOrEmpty(Code) ? null : (await mediator.Send(new CheckClaimCode(Number, Code), HttpContext.RequestAborted)).Proof;
}
