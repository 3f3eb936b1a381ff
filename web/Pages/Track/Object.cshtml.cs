using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Profiles;
using Report12350.Tracking;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Track;

/// <summary>提出异议.</summary>
public sealed class ObjectModel(IMediator mediator, ReportOpener opener, Texts texts, JurisdictionProfile profile)
    : ReporterPage(mediator, opener, texts, profile)
{
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>Typed before signing in again, and not sent yet.</summary>
    public bool WasKept { get; private set; }

    protected override string KeptAs => "object";

    public string Body => Profile.ReexaminationBody;

    public void OnGet()
    {
    }

    public IActionResult OnPostKept(string? unsent)
    {
        Text = Kept(unsent);
        WasKept = Text is not null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            await Mediator.Send(new ObjectToConclusion(Opened, Text), Gone);
            return Done("tracking.object.sent");
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, Words, nameof(Text));
        }

        await ReadAgainAsync();
        return Page();
    }
}
