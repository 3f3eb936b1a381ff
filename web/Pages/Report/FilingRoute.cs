using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>The way through the form (填报顺序): which page comes when, and which may be opened already.</summary>
public static class FilingRoute
{
    public const string Start = "/report";
    public const string Expired = "/report/expired";
    public const string Done = "/report/done";
    public const string Goodbye = "/report/goodbye";
    public const string Desk = "/staff/enter";
    public const string Criteria = "criteria";
    public const string Before = "before";

    public static int Steps => ReportAnswersRules.Pages.Count;

    public static string Of(string page) => page == ReportAnswersRules.Pages[0] ? Start : $"{Start}/{page}";

    /// <summary>Place among the steps, from 1; the candidates belong to the narrative's step, an earlier report to the unit's.</summary>
    public static int StepOf(string page)
    {
        var counted = page switch { Criteria => "what", Before => "unit", _ => page };
        return ReportAnswersRules.Pages.TakeWhile(p => p != counted).Count() + 1;
    }

    /// <summary>First page not answered yet, or answered wrong; the check at the latest.</summary>
    public static string FirstOpen(DraftContent draft, JurisdictionProfile profile) =>
        ReportAnswersRules.Pages.First(page => page == "check" || !draft.Done.Contains(page) || ReportAnswersRules.Faults(draft, profile, page).Count > 0);

    public static bool IsReachable(string page, DraftContent draft, JurisdictionProfile profile)
    {
        var open = StepOf(FirstOpen(draft, profile));
        return page is Criteria or Before ? StepOf(page) < open : StepOf(page) <= open;
    }

    public static IReadOnlyList<CriterionMatch> Candidates(DraftContent draft, JurisdictionProfile profile) =>
        draft.Answers.Narrative is { } narrative ? profile.Criteria.Suggest(narrative, draft.Answers.Sector) : [];

    public static string After(string page, DraftContent draft, JurisdictionProfile profile, bool changing)
    {
        if (page == "unit" && AsksBefore(draft) && !draft.Done.Contains(Before))
            return Of(Before) + Asking(changing);
        if (page == "what" && !draft.Done.Contains(Criteria) && Candidates(draft, profile).Count > 0)
            return Of(Criteria) + Asking(changing);
        if (!changing)
            return Of(ReportAnswersRules.Pages[StepOf(page)]);
        var open = FirstOpen(draft, profile);
        return open == "check" ? Of(open) : Of(open) + Asking(changing);
    }

    public static string BackFrom(string page, DraftContent draft, JurisdictionProfile profile)
    {
        if (page == Criteria)
            return Of("what");
        if (page == Before)
            return Of("unit");
        if (page == "what" && AsksBefore(draft))
            return Of(Before);
        if (page == "when" && Candidates(draft, profile).Count > 0)
            return Of(Criteria);
        var step = StepOf(page);
        return step > 1 ? Of(ReportAnswersRules.Pages[step - 2]) : "/";
    }

    /// <summary>An operator enters it for a caller, letter or visitor.</summary>
    public static bool IsDesk(Channel channel) => channel is Channel.Phone or Channel.Letter or Channel.Visit;

    /// <summary>Whoever reports for themselves; an operator asks the caller.</summary>
    private static bool AsksBefore(DraftContent draft) => !IsDesk(draft.Channel);

    private static string Asking(bool changing) => changing ? "?from=check" : "";
}
