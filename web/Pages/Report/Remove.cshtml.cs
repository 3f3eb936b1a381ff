using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Evidence;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>Takes one file out of the draft again (删除材料).</summary>
public sealed class RemoveModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public override string Question => "evidence";

    [BindProperty]
    public Guid Id { get; set; }

    protected override bool CanStartAgain => false;

    private string List => FilingRoute.Of(Question) + Request.QueryString;

    public override IActionResult OnGet() => Redirect(List);

    public override async Task<IActionResult> OnPostAsync()
    {
        await Mediator.Send(new RemoveEvidence(Pass!, Id), HttpContext.RequestAborted);
        return Redirect(List);
    }

    protected override void Fill()
    {
    }

    protected override void Apply()
    {
    }
}
