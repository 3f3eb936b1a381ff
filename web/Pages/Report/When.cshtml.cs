using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Domain.Reports;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>时间: when, still going on, urgent; of a concealed accident also how many died.</summary>
public sealed class WhenModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public override string Question => "when";

    public bool AsksForDeaths => Answers.Kind is MatterKind.ConcealedAccident;

    [BindProperty]
    public string? When { get; set; }

    [BindProperty]
    public bool? StillGoingOn { get; set; }

    [BindProperty]
    public bool? Urgent { get; set; }

    [BindProperty]
    public int? Deaths { get; set; }

    [BindProperty]
    public string? DeathsWhen { get; set; }

    protected override void Fill()
    {
        (When, StillGoingOn, Urgent) = (Answers.When, Answers.StillGoingOn, Answers.Urgent);
        (Deaths, DeathsWhen) = (Answers.Deaths, Answers.DeathsWhen);
    }

    protected override void Apply()
    {
        if (ModelState[nameof(Deaths)] is { Errors: { Count: > 0 } errors })
        {
            errors.Clear();
            errors.Add("shell.error.number");
        }

        (Answers.When, Answers.StillGoingOn, Answers.Urgent) = (Said(When), StillGoingOn, Urgent);
        (Answers.Deaths, Answers.DeathsWhen) = AsksForDeaths ? (Deaths, Said(DeathsWhen)) : (null, null);
    }
}
