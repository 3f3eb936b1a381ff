using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>匿名或实名. Who chose anonymity has no name kept, even if one was typed.</summary>
public sealed class WhoModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public override string Question => "who";

    public override bool IsKeptOnDevice => false;

    [BindProperty]
    public Anonymity? Anonymity { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public ReporterKind? Reporter { get; set; }

    [BindProperty]
    public string? JointSigners { get; set; }

    [BindProperty]
    public string? KeepFrom { get; set; }

    protected override void Fill()
    {
        (Anonymity, Reporter, JointSigners, KeepFrom) = (Answers.Anonymity, Answers.Reporter, Answers.JointSigners, Answers.KeepFrom);
        (Name, Phone) = (Draft.Identity.Name, Draft.Identity.Phone);
    }

    protected override void Apply()
    {
        (Answers.Anonymity, Answers.Reporter, Answers.JointSigners, Answers.KeepFrom) = (Anonymity, Reporter, Said(JointSigners), Said(KeepFrom));
        Draft.Identity = Anonymity is Domain.Reports.Anonymity.Named
            ? new ReporterIdentity { Name = Said(Name), Phone = Plain(Phone) }
            : new ReporterIdentity();
    }
}
