using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Profiles;
using Report12350.Tracking;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Track;

/// <summary>撤回举报, after saying what will be gone.</summary>
public sealed class WithdrawModel(IMediator mediator, ReportOpener opener, Texts texts, JurisdictionProfile profile)
    : ReporterPage(mediator, opener, texts, profile)
{
    [BindProperty]
    public bool Sure { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Sure)
        {
            ModelState.AddModelError(nameof(Sure), "tracking.error.notSure");
            return Page();
        }

        try
        {
            await Mediator.Send(new WithdrawReport(Opened), Gone);
            return Done("tracking.withdraw.done");
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, Words);
            await ReadAgainAsync();
            return Page();
        }
    }
}
