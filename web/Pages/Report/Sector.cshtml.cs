using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>行业领域, offered under a citizen's headings, with a way out for those who cannot tell.</summary>
public sealed class SectorModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public const string Unsure = "unknown_new_industry";

    public override string Question => "sector";

    [BindProperty]
    public string? Sector { get; set; }

    public IReadOnlyList<Sector> In(SectorGroup group) => [.. Profile.Sectors.Where(s => s.Group == group.Id && s.Id != Unsure)];

    /// <summary>The first example of each sector, to say what is under a heading.</summary>
    public static string Glimpse(IEnumerable<Sector> sectors, bool chinese) => chinese
        ? string.Join('、', sectors.Take(4).Select(s => s.ExamplesZh.Split('、', ',')[0]))
        : string.Join(", ", sectors.Take(4).Select(s => s.ExamplesEn.Split(',')[0].ToLowerInvariant()));

    /// <summary>The name without what stands in brackets, which is for offices.</summary>
    public static string Short(string name) => name.Split('(')[0];

    protected override void Fill() => Sector = Answers.Sector;

    protected override void Apply()
    {
        if (Answers.Sector != Sector)
        {
            Answers.SectorAnswers.Clear();
            Draft.Done.Remove(FilingRoute.Criteria);
        }

        Answers.Sector = Sector;
    }
}
