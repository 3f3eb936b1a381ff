using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Rewards;

/// <summary>奖励资金: one year's fund, allotted, committed, paid and free.</summary>
public sealed class FundModel(IMediator mediator, CurrentStaff current, Texts texts) : PageModel
{
    public FundStanding Fund { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty]
    public decimal? Amount { get; set; }

    public bool MayAllot => current.Is(Role.Dispatcher);

    public bool MayExport => current.Is(Role.Cashier, Role.RewardOfficer, Role.Auditor);

    /// <summary>Worked on rewards, not only on the money.</summary>
    public bool HasRewards => current.Is(Role.RewardOfficer, Role.CommitteeMember, Role.Cashier);

    public IReadOnlyList<int> Years => [.. Fund.Years.Append(texts.Today.Year).Append(Fund.Year).Distinct().OrderDescending()];

    public async Task OnGetAsync() => Fund = await mediator.Send(new ReadFund(Year ?? texts.Today.Year), HttpContext.RequestAborted);

    public async Task<IActionResult> OnGetExportAsync()
    {
        var year = Year ?? texts.Today.Year;
        var csv = await mediator.Send(new ExportPayments(year), HttpContext.RequestAborted);
        byte[] bytes = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(csv)];
        return File(bytes, "text/csv; charset=utf-8", $"rewards-{year}.csv");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            if (ModelState.IsValid)
            {
                await mediator.Send(new AllotFund(Year ?? texts.Today.Year, Amount), HttpContext.RequestAborted);
                TempData["Notice"] = "rewards.fund.saved";
                return RedirectToPage(new { Year });
            }
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts, nameof(Amount));
        }
        catch (StaleException)
        {
            ModelState.AddModelError("", "rewards.stale");
        }

        await OnGetAsync();
        return Page();
    }
}
