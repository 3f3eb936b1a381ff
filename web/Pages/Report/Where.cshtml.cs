using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>地点: the town, and the place in the reporter's words.</summary>
public sealed class WhereModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public override string Question => "where";

    public LocalText PassedOn => Profile.LegalTexts["transfer.shenshan"];

    [BindProperty]
    public string? Town { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    protected override void Fill() => (Town, Place) = (Answers.Town, Answers.Place);

    protected override void Apply() => (Answers.Town, Answers.Place) = (Town, Said(Place));
}
