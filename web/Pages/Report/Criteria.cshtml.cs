using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>候选条款: "which of these is it?" The software suggests, the reporter says, an officer decides.</summary>
public sealed class CriteriaModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public const string None = "none";

    public override string Question => FilingRoute.Criteria;

    public IReadOnlyList<CriterionMatch> Candidates => FilingRoute.Candidates(Draft, Profile);

    [BindProperty]
    public List<string> Criteria { get; set; } = [];

    public override IActionResult OnGet() =>
        Candidates.Count > 0 ? base.OnGet() : Redirect(FilingRoute.After(Question, Draft, Profile, IsChange));

    protected override void Fill() =>
        Criteria = Answers.Criteria.Count == 0 && Draft.Done.Contains(Question) ? [None] : Answers.Criteria;

    protected override void Apply()
    {
        if (Criteria.Contains(None) && Criteria.Count > 1)
            ModelState.AddModelError(nameof(Criteria), "filing.error.criteria");
        Answers.Criteria = [.. Candidates.Select(match => match.Criterion.Id).Intersect(Criteria, StringComparer.Ordinal)];
    }
}
