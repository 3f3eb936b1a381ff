using System.Globalization;

namespace Report12350.Bot.Dialogues;

/// <summary>The last step of the dialogue (核对): everything said, once more, to be sent or changed.</summary>
internal static class FilingCheck
{
    public static IReadOnlyList<Option> Options(Asking asking) =>
    [
        new(nameof(FilingAct.File), asking.Say("chat.check.file"), "提交", "确认", "send", "submit"),
        new(nameof(FilingAct.Change), asking.Say("chat.check.change"), "修改", "更改", "改", "change"),
    ];

    public static IReadOnlyList<Option> Changes(Asking asking) =>
    [
        .. FilingQuestions.InOrder.Where(q => q.Step is not FilingStep.Notice && q.Applies(asking.Draft))
            .Select(q => new Option(q.Step.ToString(), asking.Say($"chat.line.{q.Step}"))),
    ];

    /// <summary>One line an answer; names, numbers and codes are not said again.</summary>
    public static string Lines(Asking asking)
    {
        var answers = asking.Answers;
        var (profile, say) = (asking.Profile, asking.Say);
        string YesNo(bool? value) => value is { } said ? say(said ? "shell.yes" : "shell.no") : "";
        (FilingStep Step, string? Said)[] lines =
        [
            (FilingStep.What, answers.Narrative),
            (FilingStep.Kind, answers.Kind is { } kind ? say($"kind.{kind}") : null),
            (FilingStep.Deaths, answers.Deaths?.ToString(CultureInfo.InvariantCulture)),
            (FilingStep.Sector, profile.FindSector(answers.Sector) is { } sector ? asking.Name(sector.ExamplesZh, sector.ExamplesEn) : null),
            (FilingStep.Town, profile.FindTown(answers.Town) is { } town ? asking.Name(town.Name, town.NameEn) : null),
            (FilingStep.Place, answers.Place),
            (FilingStep.Unit, answers.Unit),
            (FilingStep.When, answers.When),
            (FilingStep.StillGoingOn, YesNo(answers.StillGoingOn)),
            (FilingStep.Urgent, YesNo(answers.Urgent)),
            (FilingStep.Evidence, asking.Draft.Files.Count.ToString(CultureInfo.InvariantCulture)),
            (FilingStep.Anonymity, answers.Anonymity is { } way ? say($"filing.who.{way}") : null),
            (FilingStep.Reward, YesNo(answers.RewardWanted)),
        ];
        return string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line.Said)).Select(line => say("chat.line", say($"chat.line.{line.Step}"), line.Said)));
    }
}
