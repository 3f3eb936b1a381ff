using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>被举报单位: its name, or a description of it.</summary>
public sealed class UnitModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public override string Question => "unit";

    [BindProperty]
    public string? Unit { get; set; }

    [BindProperty]
    public string? UnitCreditCode { get; set; }

    protected override void Fill() => (Unit, UnitCreditCode) = (Answers.Unit, Answers.UnitCreditCode);

    protected override void Apply() => (Answers.Unit, Answers.UnitCreditCode) = (Said(Unit), Plain(UnitCreditCode)?.ToUpperInvariant());
}
