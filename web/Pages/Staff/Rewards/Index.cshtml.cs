using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Access;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Staff;

namespace Report12350.Web.Pages.Staff.Rewards;

/// <summary>奖励: rewards by what is mine to do.</summary>
public sealed class IndexModel(IMediator mediator, CurrentStaff current, Texts texts, JurisdictionProfile profile) : PageModel
{
    public RewardList List { get; private set; } = null!;

    public RewardWords Say { get; } = new(profile, texts);

    /// <summary>Reads dossiers; the cashier only pays.</summary>
    public bool ReadsDossiers => current.Is(Role.RewardOfficer, Role.CommitteeMember);

    public async Task<IActionResult> OnGetAsync(RewardTab? tab, int p = 1)
    {
        // The safety-committee office has the fund only.
        if (!current.Is(Role.RewardOfficer, Role.CommitteeMember, Role.Cashier) && current.Is(Role.Dispatcher, Role.Auditor))
            return RedirectToPage("Fund");
        List = await mediator.Send(new ListRewards(tab, p), HttpContext.RequestAborted);
        return Page();
    }

    public string Link(RewardLine line) =>
        ReadsDossiers && !(List.Tab is RewardTab.Pay && current.Is(Role.Cashier)) ? $"/staff/rewards/{line.Number}" : $"/staff/rewards/{line.Number}/pay";
}
