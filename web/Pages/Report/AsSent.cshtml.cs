using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Evidence;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>Whether a file of the draft is shown as it was sent (保留原样).</summary>
public sealed class AsSentModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public override string Question => "evidence";

    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    public bool Shown { get; set; }

    protected override bool CanStartAgain => false;

    private string List => FilingRoute.Of(Question) + Request.QueryString;

    public override IActionResult OnGet() => Redirect(List);

    public override async Task<IActionResult> OnPostAsync()
    {
        await Mediator.Send(new ShowDraftFileAsSent(Pass!, Id, Shown), HttpContext.RequestAborted);
        return Redirect(List);
    }

    protected override void Fill()
    {
    }

    protected override void Apply()
    {
    }
}
