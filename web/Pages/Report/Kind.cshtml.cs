using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Domain.Reports;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>举报事项的性质.</summary>
public sealed class KindModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public override string Question => "kind";

    [BindProperty]
    public MatterKind? Kind { get; set; }

    protected override void Fill() => Kind = Answers.Kind;

    protected override void Apply()
    {
        Answers.Kind = Kind;
        if (Kind is not MatterKind.ConcealedAccident)
            (Answers.Deaths, Answers.DeathsWhen) = (null, null);
    }
}
