using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Rewards;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Claim;

/// <summary>How the claimant wants the money (领取方式).</summary>
public enum PayoutWay
{
    Bank,
    Counter,
}

/// <summary>领取方式: how the reward is to be paid, or where it stands when there is nothing to claim.</summary>
public sealed class CollectModel(IMediator mediator, ClaimPasses passes, Texts texts) : PageModel
{
    public ClaimStanding Standing { get; private set; } = null!;

    [BindProperty]
    public PayoutWay? Way { get; set; }

    [BindProperty]
    public Payee Payee { get; set; } = new(null, null, null);

    public bool IsOpen => Standing is { State: RewardState.ClaimOpen, AnonymousRefused: false };

    public IEnumerable<Choice> Ways =>
        Enum.GetValues<PayoutWay>().Select(way => new Choice(way.ToString(), texts[$"rewards.claim.way.{way}"], texts[$"rewards.claim.way.{way}.hint"]));

    public async Task<IActionResult> OnGetAsync()
    {
        if (Proof() is not { } proof)
            return RedirectToPage("Index");
        await LoadAsync(proof);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Proof() is not { } proof)
            return RedirectToPage("Index");
        try
        {
            if (Way is null)
                ModelState.AddModelError(nameof(Way), "rewards.claim.error.way");
            if (ModelState.IsValid)
            {
                await mediator.Send(new ClaimReward(proof, Way is PayoutWay.Bank ? Payee : null), HttpContext.RequestAborted);
                return RedirectToPage("Done");
            }
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts);
        }

        await LoadAsync(proof);
        return Page();
    }

    private ClaimProof? Proof() => passes.Open(Request.Secret(IndexModel.Cookie));

    private async Task LoadAsync(ClaimProof proof) => Standing = await mediator.Send(new ReadClaim(proof), HttpContext.RequestAborted);
}
