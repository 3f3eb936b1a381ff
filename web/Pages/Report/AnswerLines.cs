using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>One line of what was said (核对项), with the page where it can be changed.</summary>
public sealed record AnswerLine(string Label, string Value, string Page);

/// <summary>Everything said so far (填报内容), in the order it was asked.</summary>
public static class AnswerLines
{
    public static IEnumerable<AnswerLine> Of(DraftContent draft, JurisdictionProfile profile, Texts texts) =>
        Matter(draft.Answers, profile, texts)
            .Concat(Narrative(draft, profile, texts))
            .Concat(Reporter(draft, texts))
            .Where(line => !string.IsNullOrEmpty(line.Value))
            .Select(line => new AnswerLine(texts[$"filing.line.{line.Key}"], line.Value!, line.Page))
            .SelectMany(line => line.Page == "what" && line.Value == draft.Answers.Narrative ? [line, .. Asked(draft, profile, texts)] : new[] { line });

    private static IEnumerable<(string Key, string? Value, string Page)> Matter(ReportAnswers answers, JurisdictionProfile profile, Texts texts)
    {
        yield return ("kind", answers.Kind is { } kind ? texts.Word(kind) : null, "kind");
        yield return ("sector", SectorOf(answers, profile, texts), "sector");
        yield return ("where", Joined(TownOf(answers, profile, texts), answers.Place), "where");
        yield return ("unit", Joined(answers.Unit, answers.UnitCreditCode), "unit");
        yield return ("before", YesNo(answers.FiledBefore, texts), FilingRoute.Before);
    }

    private static IEnumerable<(string Key, string? Value, string Page)> Narrative(DraftContent draft, JurisdictionProfile profile, Texts texts)
    {
        var answers = draft.Answers;
        yield return ("what", answers.Narrative, "what");
        yield return ("witnesses", answers.Witnesses, "what");
        yield return ("elsewhere", answers.ReportedElsewhere, "what");
        yield return ("criteria", string.Join('\n', answers.Criteria.Select(id => profile.Criteria.Find(id)?.Title)), FilingRoute.Criteria);
        yield return ("when", answers.When, "when");
        yield return ("still", YesNo(answers.StillGoingOn, texts), "when");
        yield return ("urgent", YesNo(answers.Urgent, texts), "when");
        yield return ("deaths", answers.Deaths?.ToString(System.Globalization.CultureInfo.InvariantCulture), "when");
        yield return ("deathsWhen", answers.DeathsWhen, "when");
        yield return ("evidence", draft.Files.Count == 0 ? texts["filing.line.noFiles"] : string.Join('\n', draft.Files.Values.Select(file => file.Name)), "evidence");
    }

    private static IEnumerable<(string Key, string? Value, string Page)> Reporter(DraftContent draft, Texts texts)
    {
        var answers = draft.Answers;
        yield return ("who", answers.Anonymity is { } anonymity ? texts.Word(anonymity) : null, "who");
        yield return ("name", Joined(draft.Identity.Name, draft.Identity.Phone), "who");
        yield return ("reporter", answers.Reporter is { } reporter ? texts.Word(reporter) : null, "who");
        yield return ("joint", answers.JointSigners, "who");
        yield return ("keepFrom", answers.KeepFrom, "who");
        yield return ("reward", answers.RewardWanted is true ? texts["filing.line.rewardWanted"] : texts["filing.line.rewardNot"], "reward");
    }

    private static IEnumerable<AnswerLine> Asked(DraftContent draft, JurisdictionProfile profile, Texts texts) =>
        from question in profile.FindSector(draft.Answers.Sector)?.Questions ?? []
        where draft.Answers.SectorAnswers.ContainsKey(question.Id)
        let answer = draft.Answers.SectorAnswers[question.Id]
        let said = question.Kind is SectorQuestionKind.YesNo && bool.TryParse(answer, out var yes) ? YesNo(yes, texts)! : answer
        select new AnswerLine(texts.IsChinese ? question.TextZh : question.TextEn, said, "what");

    private static string? SectorOf(ReportAnswers answers, JurisdictionProfile profile, Texts texts) =>
        profile.FindSector(answers.Sector) is not { } sector ? null : texts.IsChinese ? SectorModel.Short(sector.Name) : sector.NameEn;

    private static string? TownOf(ReportAnswers answers, JurisdictionProfile profile, Texts texts) =>
        profile.FindTown(answers.Town) is not { } town ? null : texts.IsChinese ? town.Name : town.NameEn;

    private static string? YesNo(bool? value, Texts texts) => value is { } said ? texts[said ? "shell.yes" : "shell.no"] : null;

    private static string Joined(params string?[] parts) => string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part)));
}
