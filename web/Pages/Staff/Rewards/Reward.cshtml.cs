using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Rewards;

/// <summary>奖励卷: one reward's dossier, its arithmetic, the vote, and what can be done now.</summary>
public sealed class RewardModel(IMediator mediator, CurrentStaff current, Texts texts, JurisdictionProfile profile) : PageModel
{
    public RewardFile Reward { get; private set; } = null!;

    public RewardWords Say { get; } = new(profile, texts);

    public bool IsMember => current.Is(Role.CommitteeMember);

    [BindProperty(SupportsGet = true, Name = "number")]
    public string Number { get; set; } = "";

    [BindProperty]
    public Guid Claim { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public decimal? EffectivePenalty { get; set; }

    [BindProperty]
    public int? ConcealedDeaths { get; set; }

    [BindProperty]
    public int? FinalDeaths { get; set; }

    [BindProperty]
    public string? LocalItemId { get; set; }

    [BindProperty]
    public List<IneligibleReason> Reasons { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public DateOnly? LastDay { get; set; }

    [BindProperty]
    public Ballot? Ballot { get; set; }

    public MatterKind FoundKind => Reward.Dossier!.FoundKind;

    public IEnumerable<Choice> ReasonChoices => Choice.Of<IneligibleReason>(texts);

    public IEnumerable<Choice> ItemChoices => Reward.LocalItems.Select(i => new Choice(i.Id, $"{i.Name} {texts.Money(i.Amount)}"));

    public IEnumerable<Choice> BallotChoices =>
    [
        .. new[] { Domain.Rewards.Ballot.Approve, Domain.Rewards.Ballot.Reject, Domain.Rewards.Ballot.Abstain }.Select(b => new Choice(b.ToString(), texts.Word(b))),
        new Choice(nameof(Domain.Rewards.Ballot.Recused), texts.Word(Domain.Rewards.Ballot.Recused), texts["rewards.ballot.recuse"]),
    ];

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostAssessAsync() => ActAsync(new AssessReward(Claim, Version));

    public Task<IActionResult> OnPostRuleOutAsync() => ActAsync(new RuleOutReward(Claim, Version, Reasons), nameof(Reasons));

    public Task<IActionResult> OnPostReopenAsync() => ActAsync(new ReopenReward(Claim, Version));

    public Task<IActionResult> OnPostProposeAsync() =>
        ActAsync(new ProposeReward(Claim, Version, EffectivePenalty, ConcealedDeaths, FinalDeaths, string.IsNullOrEmpty(LocalItemId) ? null : LocalItemId));

    public Task<IActionResult> OnPostOpenVoteAsync() => ActAsync(new OpenVote(Claim, Version));

    public Task<IActionResult> OnPostVoteAsync()
    {
        if (Ballot is null)
            ModelState.AddModelError(nameof(Ballot), "rewards.error.ballot");
        return ActAsync(new CastVote(Claim, Ballot ?? default, Reason));
    }

    public Task<IActionResult> OnPostCloseVoteAsync() => ActAsync(new CloseVote(Claim, Version));

    public Task<IActionResult> OnPostNotifyAsync() => ActAsync(new NotifyClaimant(Claim, Version));

    public Task<IActionResult> OnPostExtendClaimAsync() => ActAsync(new ExtendClaim(Claim, Version, LastDay ?? default, Reason ?? ""), nameof(LastDay));

    public Task<IActionResult> OnPostForfeitAsync() => ActAsync(new ForfeitReward(Claim, Version));

    public Task<IActionResult> OnPostSuspendAsync() => ActAsync(new SuspendReward(Claim, Version, Reason ?? ""));

    public Task<IActionResult> OnPostResumeAsync() => ActAsync(new ResumeReward(Claim, Version, Reason ?? ""));

    /// <param name="field">Where a rule's refusal belongs; what was typed is kept in any case.</param>
    private async Task<IActionResult> ActAsync<TResult>(IRequest<TResult> request, string field = "")
    {
        try
        {
            if (ModelState.IsValid)
            {
                await mediator.Send(request, HttpContext.RequestAborted);
                TempData["Notice"] = "rewards.done";
                return RedirectToPage(new { number = Number });
            }
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts, field);
        }
        catch (StaleException)
        {
            ModelState.AddModelError("", "rewards.stale");
        }

        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync() => Reward = await mediator.Send(new ReadReward(Number), HttpContext.RequestAborted);
}
