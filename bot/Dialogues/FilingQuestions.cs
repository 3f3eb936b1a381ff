using System.Globalization;
using System.Text;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;

namespace Report12350.Bot.Dialogues;

/// <summary>One question of the dialogue (问题), on the same draft and by the same rules as the form's.</summary>
/// <param name="Page">Page of the form that asks the same.</param>
/// <param name="Property">Answer the form's rules name in a fault.</param>
/// <param name="Ask">Key of its text.</param>
internal sealed record Question(FilingStep Step, string Page, string Property, string Ask, string? Hint, Func<DraftContent, bool> IsAnswered)
{
    /// <summary>Said in the hint's place where what is typed stays with somebody else, and files come in by themselves.</summary>
    public string? HintOnChannel { get; init; }

    /// <summary>Whether it is asked at all.</summary>
    public Func<DraftContent, bool> Applies { get; init; } = _ => true;

    /// <summary>Null: any text is an answer.</summary>
    public Func<Asking, IReadOnlyList<Option>>? Options { get; init; }

    /// <summary>Words beside the options are an answer too.</summary>
    public bool TakesText { get; init; }

    public required Action<DraftContent, string> Take { get; init; }

    /// <summary>Takes an answer back that the form's rules refuse.</summary>
    public Action<DraftContent> Forget { get; init; } = _ => { };

    /// <summary>What is typed here stays out of the conversation's log.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>What a question needs to know to offer its answers.</summary>
internal sealed record Asking(DraftContent Draft, DialogueState State, JurisdictionProfile Profile, Understanding Ear, Say Say, bool IsChinese)
{
    public ReportAnswers Answers => Draft.Answers;

    public string Name(string chinese, string english) => IsChinese ? chinese : english;
}

/// <summary>All questions, in the order they are asked.</summary>
internal static class FilingQuestions
{
    public const string Yes = "yes";
    public const string No = "no";
    public const string Done = "done";
    public const string GroupPrefix = "group:";
    public const string AllGroups = "groups";

    public static readonly IReadOnlyList<Question> InOrder =
    [
        new(FilingStep.Notice, "notice", "Answers.NoticeRead", "chat.notice", null, d => d.Answers.NoticeRead)
        {
            Options = a => [new(Yes, a.Say("chat.notice.read"), "是", "好", "好的", "已读", "开始", "同意", "ok", "yes")],
            Take = (d, _) => d.Answers.NoticeRead = true,
        },
        new(FilingStep.What, "what", "Answers.Narrative", "filing.what.title", "chat.what.hint", d => d.Answers.Narrative is not null)
        {
            Take = (d, said) => d.Answers.Narrative = said,
            Forget = d => d.Answers.Narrative = null,
        },
        new(FilingStep.Kind, "kind", "Answers.Kind", "filing.kind.title", "filing.kind.hint", d => d.Answers.Kind is not null)
        {
            Options = a => [.. Enum.GetValues<MatterKind>().Select(kind => new Option(kind.ToString(), $"{a.Say($"kind.{kind}")}: {a.Say($"filing.kind.{kind}")}", a.Say($"kind.{kind}")))],
            Take = (d, kind) => d.Answers.Kind = Enum.Parse<MatterKind>(kind),
        },
        new(FilingStep.Deaths, "when", "Answers.Deaths", "filing.when.deaths", "filing.when.deaths.hint", d => d.Answers.Deaths is not null)
        {
            Applies = d => d.Answers.Kind is MatterKind.ConcealedAccident,
            Take = (d, said) => d.Answers.Deaths = int.TryParse(said.Normalize(NormalizationForm.FormKC).TrimEnd('人', '个', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var deaths) ? deaths : null,
            Forget = d => d.Answers.Deaths = null,
        },
        new(FilingStep.Sector, "sector", "Answers.Sector", "filing.sector.title", "filing.sector.hint", d => d.Answers.Sector is not null)
        {
            Options = Sectors,
            TakesText = true,
            Take = (d, sector) => d.Answers.Sector = sector,
        },
        new(FilingStep.Town, "where", "Answers.Town", "filing.where.town", null, d => d.Answers.Town is not null)
        {
            Options = a => [.. a.Profile.Towns.Select(town => new Option(town.Id, a.Name(town.Name, town.NameEn), town.NameEn))],
            TakesText = true,
            Take = (d, town) => d.Answers.Town = town,
        },
        new(FilingStep.Place, "where", "Answers.Place", "filing.where.place", "filing.where.place.hint", d => d.Answers.Place is not null)
        {
            Take = (d, said) => d.Answers.Place = said,
            Forget = d => d.Answers.Place = null,
        },
        new(FilingStep.Unit, "unit", "Answers.Unit", "filing.unit.title", "filing.unit.name.hint", d => d.Answers.Unit is not null)
        {
            Options = a => a.Answers.Narrative is { } said && a.Ear.Read(said).Unit is { } unit ? [new(unit, unit)] : [],
            TakesText = true,
            Take = (d, said) => d.Answers.Unit = said,
            Forget = d => d.Answers.Unit = null,
        },
        new(FilingStep.When, "when", "Answers.When", "filing.when.title", "filing.when.when.hint", d => d.Answers.When is not null)
        {
            Take = (d, said) => d.Answers.When = said,
            Forget = d => d.Answers.When = null,
        },
        new(FilingStep.StillGoingOn, "when", "Answers.StillGoingOn", "filing.when.still", null, d => d.Answers.StillGoingOn is not null)
        {
            Options = YesOrNo,
            Take = (d, said) => d.Answers.StillGoingOn = said == Yes,
        },
        new(FilingStep.Urgent, "when", "Answers.Urgent", "filing.when.urgent", "filing.when.urgent.hint", d => d.Answers.Urgent is not null)
        {
            Options = YesOrNo,
            Take = (d, said) => d.Answers.Urgent = said == Yes,
        },
        new(FilingStep.Evidence, "evidence", "Files.Count", "chat.evidence", "chat.evidence.hint", d => d.Done.Contains("evidence"))
        {
            HintOnChannel = "chat.evidence.send",
            Options = a => [new(Done, a.Say(a.Draft.Files.Count == 0 ? "chat.evidence.none" : "chat.evidence.done"), "没有", "跳过", "好了", "完成", "没有了", "no", "none", "skip", "done")],
            Take = (d, _) => d.Done.Add("evidence"),
        },
        new(FilingStep.Anonymity, "who", "Answers.Anonymity", "filing.who.title", "filing.who.anonymity.hint", d => d.Answers.Anonymity is not null)
        {
            Options = a => [.. Enum.GetValues<Anonymity>().Select(way => new Option(way.ToString(), $"{a.Say($"filing.who.{way}")}: {a.Say($"filing.who.{way}.hint")}", a.Say($"filing.who.{way}")))],
            Take = (d, way) =>
            {
                d.Answers.Anonymity = Enum.Parse<Anonymity>(way);
                if (d.Answers.Anonymity is Anonymity.Anonymous)
                    d.Identity = new ReporterIdentity();
            },
        },
        new(FilingStep.Name, "who", "Identity.Name", "filing.who.name", "chat.secret", d => d.Identity.Name is not null)
        {
            HintOnChannel = "chat.secret.channel",
            Applies = d => d.Answers.Anonymity is Anonymity.Named,
            Take = (d, said) => d.Identity.Name = said,
            Forget = d => d.Identity.Name = null,
            IsSecret = true,
        },
        new(FilingStep.Phone, "who", "Identity.Phone", "filing.who.phone", "filing.who.phone.hint", d => d.Identity.Phone is not null)
        {
            HintOnChannel = "chat.secret.channel",
            Applies = d => d.Answers.Anonymity is Anonymity.Named,
            Take = (d, said) => d.Identity.Phone = said.Normalize(NormalizationForm.FormKC),
            Forget = d => d.Identity.Phone = null,
            IsSecret = true,
        },
        new(FilingStep.Reward, "reward", "Answers.RewardWanted", "filing.reward.wanted", "filing.reward.lead", d => d.Answers.RewardWanted is not null)
        {
            Options = YesOrNo,
            Take = (d, said) =>
            {
                d.Answers.RewardWanted = said == Yes;
                if (said != Yes)
                    (d.Answers.NotExcluded, d.ClaimCodeHash) = (false, null);
            },
        },
        new(FilingStep.NotExcluded, "reward", "Answers.NotExcluded", "filing.reward.notExcluded", "filing.reward.notExcluded.hint", d => d.Answers.NotExcluded)
        {
            Applies = d => d.Answers.RewardWanted is true,
            Options = a => [new(Yes, a.Say("shell.yes"), "是的", "对"), new(No, a.Say("chat.reward.cannot"), "不是", "否", "no")],
            Take = (d, said) => (d.Answers.NotExcluded, d.Answers.RewardWanted) = (said == Yes, said == Yes),
        },
        new(FilingStep.ClaimCode, "reward", "ClaimCodeHash", "filing.reward.code", "chat.claimCode.hint", d => d.ClaimCodeHash is not null)
        {
            HintOnChannel = "chat.claimCode.channel",
            Applies = d => d.Answers.RewardWanted is true,
            Take = (_, _) => { }, // hashed by the dialogue, which asks for it twice
            IsSecret = true,
        },
    ];

    public static Question? Of(FilingStep step) => InOrder.FirstOrDefault(question => question.Step == step);

    private static IReadOnlyList<Option> YesOrNo(Asking asking) =>
    [
        new(Yes, asking.Say("shell.yes"), "是的", "有", "对", "嗯", "会", "要", "想", "y", "yes", "还在"),
        new(No, asking.Say("shell.no"), "不", "没有", "不是", "没", "不要", "不想", "不会", "n", "no", "否"),
    ];

    /// <summary>What was told points to a few; the rest lie behind their groups.</summary>
    private static IReadOnlyList<Option> Sectors(Asking asking)
    {
        var profile = asking.Profile;
        if (profile.SectorGroups.FirstOrDefault(group => group.Id == asking.State.SectorGroup) is { } open)
        {
            return
            [
                .. profile.Sectors.Where(sector => sector.Group == open.Id).Select(sector => Offer(asking, sector)),
                new(AllGroups, asking.Say("chat.sector.back")),
            ];
        }

        var likely = asking.Answers.Narrative is { } said ? asking.Ear.Read(said).SectorCandidates : [];
        return
        [
            .. likely.Select(id => Offer(asking, profile.Sector(id))),
            .. profile.SectorGroups.Select(group => new Option(GroupPrefix + group.Id, asking.Say("chat.sector.group", asking.Name(group.Name, group.NameEn)), group.Name)),
        ];
    }

    private static Option Offer(Asking asking, Sector sector) => new(sector.Id, asking.Name(sector.ExamplesZh, sector.ExamplesEn), sector.Name, sector.NameEn);
}
