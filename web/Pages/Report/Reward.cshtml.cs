using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>举报奖励: wanted or not, and the claim code, which is hashed at once and kept nowhere.</summary>
public sealed class RewardModel(IMediator mediator, JurisdictionProfile profile, KeyRing ring, Texts texts) : QuestionPage(mediator, profile)
{
    public override string Question => "reward";

    public override bool IsKeptOnDevice => false;

    public string Suggestion { get; } = Confidentiality.ClaimCode.Suggest();

    public bool HasCode => Draft.ClaimCodeHash is not null;

    public bool CannotBePaid => Answers.Anonymity is Anonymity.Anonymous && Profile.AnonymousPayout.On(texts.Today) is AnonymousPayout.Off;

    [BindProperty]
    public bool? RewardWanted { get; set; }

    [BindProperty]
    public string? ClaimCode { get; set; }

    /// <summary>Typed once more: a slip of the finger must not cost the reward.</summary>
    [BindProperty]
    public string? ClaimCodeAgain { get; set; }

    [BindProperty]
    public bool NotExcluded { get; set; }

    protected override void Fill() => (RewardWanted, NotExcluded) = (Answers.RewardWanted, Answers.NotExcluded);

    protected override void Apply()
    {
        var wanted = RewardWanted is true;
        (Answers.RewardWanted, Answers.NotExcluded) = (RewardWanted, wanted && NotExcluded);
        if (!wanted)
            Draft.ClaimCodeHash = null;
        else if (Said(ClaimCode) is { } code)
            Choose(code);
    }

    protected override string FieldOf(string property) =>
        property == nameof(Draft.ClaimCodeHash) ? nameof(ClaimCode) : base.FieldOf(property);

    private void Choose(string code)
    {
        if (!Confidentiality.ClaimCode.IsLongEnough(code))
            Draft.ClaimCodeHash = null;
        else if (Confidentiality.ClaimCode.IsSame(code, ClaimCodeAgain))
            Draft.ClaimCodeHash = Confidentiality.ClaimCode.Hash(code, Draft.ClaimId, ring);
        else
            ModelState.AddModelError(nameof(ClaimCodeAgain), "filing.error.claimCodeAgain");
    }
}
