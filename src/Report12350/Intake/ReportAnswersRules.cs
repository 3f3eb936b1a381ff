using System.Runtime.CompilerServices;
using FluentValidation;
using FluentValidation.Results;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Profiles;

namespace Report12350.Intake;

/// <summary>What each question accepts; messages are keys of texts. Page, chat and phone desk check by the same rules.</summary>
public sealed class ReportAnswersRules : AbstractValidator<DraftContent>
{
    public const int NarrativeLength = 2000;
    public const int LineLength = 200;

    /// <summary>The question pages in order; each is a rule set.</summary>
    public static readonly IReadOnlyList<string> Pages = ["notice", "kind", "sector", "where", "unit", "what", "when", "evidence", "who", "reward", "check"];

    /// <summary>Made once for a county: a page asks for them a dozen times.</summary>
    private static readonly ConditionalWeakTable<JurisdictionProfile, ReportAnswersRules> Made = [];

    private ReportAnswersRules(JurisdictionProfile profile)
    {
        RuleSet("notice", () => RuleFor(d => d.Answers.NoticeRead).Equal(true).WithMessage("filing.error.notice"));
        RuleSet("kind", () => RuleFor(d => d.Answers.Kind).NotNull().WithMessage("filing.error.kind"));
        RuleSet("sector", () => RuleFor(d => d.Answers.Sector).Must(id => profile.FindSector(id) is not null).WithMessage("filing.error.sector"));
        RuleSet("where", () =>
        {
            RuleFor(d => d.Answers.Town).Must(id => profile.FindTown(id) is not null).WithMessage("filing.error.town");
            Line(d => d.Answers.Place, "filing.error.place");
        });
        RuleSet("unit", () =>
        {
            Line(d => d.Answers.Unit, "filing.error.unit");
            RuleFor(d => d.Answers.UnitCreditCode).Matches("^[0-9A-Za-z]{18}$").When(d => !string.IsNullOrEmpty(d.Answers.UnitCreditCode))
                .WithMessage("filing.error.creditCode");
        });
        RuleSet("what", () =>
        {
            RuleFor(d => d.Answers.Narrative).NotEmpty().WithMessage("filing.error.narrative")
                .MaximumLength(NarrativeLength).WithMessage("filing.error.narrativeLong");
            RuleForEach(d => d.Answers.SectorAnswers).Must(a => a.Value.Length <= LineLength).WithMessage("filing.error.lineLong");
            Optional(d => d.Answers.Witnesses);
            Optional(d => d.Answers.ReportedElsewhere);
        });
        RuleSet("when", () =>
        {
            Line(d => d.Answers.When, "filing.error.when");
            RuleFor(d => d.Answers.StillGoingOn).NotNull().WithMessage("filing.error.stillGoingOn");
            RuleFor(d => d.Answers.Urgent).NotNull().WithMessage("filing.error.urgent");
            RuleFor(d => d.Answers.Deaths).NotNull().When(d => d.Answers.Kind is MatterKind.ConcealedAccident).WithMessage("filing.error.deaths");
            RuleFor(d => d.Answers.Deaths).InclusiveBetween(0, 1000).WithMessage("filing.error.deathsRange");
            Optional(d => d.Answers.DeathsWhen);
        });
        RuleSet("evidence", () => RuleFor(d => d.Files.Count).LessThanOrEqualTo(profile.Uploads.MaxFiles).WithMessage("filing.error.tooManyFiles"));
        RuleSet("who", () =>
        {
            RuleFor(d => d.Answers.Anonymity).NotNull().WithMessage("filing.error.anonymity");
            When(d => d.Answers.Anonymity is Anonymity.Named, () =>
            {
                Line(d => d.Identity.Name, "filing.error.name");
                RuleFor(d => d.Identity.Phone).NotEmpty().WithMessage("filing.error.phone")
                    .Matches(@"^\+?[0-9 \-]{7,20}$").WithMessage("filing.error.phone");
            });
            Optional(d => d.Answers.JointSigners);
            Optional(d => d.Answers.KeepFrom);
        });
        RuleSet("reward", () =>
        {
            RuleFor(d => d.Answers.RewardWanted).NotNull().WithMessage("filing.error.reward");
            When(d => d.Answers.RewardWanted is true, () =>
            {
                RuleFor(d => d.ClaimCodeHash).NotNull().WithMessage("filing.error.claimCode");
                RuleFor(d => d.Answers.NotExcluded).Equal(true).WithMessage("filing.error.notExcluded");
            });
        });
        RuleSet("check", () => RuleFor(d => d.Answers.TruthPledged).Equal(true).WithMessage("filing.error.pledge"));
    }

    /// <summary>Faults of one page, to be shown beside its fields.</summary>
    public static IReadOnlyList<ValidationFailure> Faults(DraftContent content, JurisdictionProfile profile, string page) =>
        Of(profile).Validate(content, options => options.IncludeRuleSets(page)).Errors;

    /// <summary>First page with a fault, or null when the report is whole.</summary>
    public static string? FirstUnfinished(DraftContent content, JurisdictionProfile profile) =>
        Pages.FirstOrDefault(page => Faults(content, profile, page).Count > 0);

    /// <exception cref="ValidationException">An answer is missing or wrong.</exception>
    public static void CheckWhole(DraftContent content, JurisdictionProfile profile)
    {
        var faults = Of(profile).Validate(content, options => options.IncludeAllRuleSets()).Errors;
        if (faults.Count > 0)
            throw new ValidationException(faults);
    }

    private static ReportAnswersRules Of(JurisdictionProfile profile) => Made.GetValue(profile, of => new ReportAnswersRules(of));

    private void Line(System.Linq.Expressions.Expression<Func<DraftContent, string?>> answer, string message) =>
        RuleFor(answer).NotEmpty().WithMessage(message).MaximumLength(LineLength).WithMessage("filing.error.lineLong");

    private void Optional(System.Linq.Expressions.Expression<Func<DraftContent, string?>> answer) =>
        RuleFor(answer).MaximumLength(LineLength).WithMessage("filing.error.lineLong");
}
