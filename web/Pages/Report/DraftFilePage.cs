using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>An act on one file of the draft (草稿材料), sent from the list of them and going back to it.</summary>
public abstract class DraftFilePage(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public sealed override string Question => "evidence";

    [BindProperty]
    public Guid Id { get; set; }

    /// <summary>What is to be done to the file.</summary>
    protected abstract ICommand<Unit> Act { get; }

    protected override bool CanStartAgain => false;

    private string List => FilingRoute.Of(Question) + Request.QueryString;

    public override IActionResult OnGet() => Redirect(List);

    public override async Task<IActionResult> OnPostAsync()
    {
        await Mediator.Send(Act, HttpContext.RequestAborted);
        return Redirect(List);
    }

    protected override void Fill()
    {
    }

    protected override void Apply()
    {
    }
}
