using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>是否举报过: asked of everybody in the same words and answered by them alone. Nothing is looked up, so nobody can learn here who else reported.</summary>
public sealed class BeforeModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public static readonly IReadOnlyList<string> Choices = [First, WithReceipt, WithoutReceipt];

    private const string First = "first";
    private const string WithReceipt = "receipt";
    private const string WithoutReceipt = "lost";

    public override string Question => FilingRoute.Before;

    [BindProperty]
    public string? Before { get; set; }

    public override async Task<IActionResult> OnPostAsync()
    {
        if (Before is null || !Choices.Contains(Before))
            ModelState.AddModelError(nameof(Before), "filing.error.before");
        var next = await base.OnPostAsync();
        return Before == WithReceipt && next is RedirectResult ? Redirect("/track") : next;
    }

    protected override void Fill() =>
        Before = !Draft.Done.Contains(Question) ? null : Answers.FiledBefore is true ? WithoutReceipt : First;

    protected override void Apply() => Answers.FiledBefore = Before is WithReceipt or WithoutReceipt;
}
