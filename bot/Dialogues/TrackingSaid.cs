using System.Globalization;
using System.Text;
using Report12350.Confidentiality;
using Report12350.Domain.Rewards;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Tracking;

namespace Report12350.Bot.Dialogues;

/// <summary>What is said of a report that is followed (进度的说法), in the words of its page, and the answers offered.</summary>
internal sealed record TrackingSaid(DialogueState State, Say Say, TrackingWords Words, JurisdictionProfile Profile)
{
    public const string BackValue = nameof(TrackingChoice.Back);
    private const string SendValue = "send";
    private const int MostEntries = 15;
    private const int MostMessages = 20;

    public TrackingState Tracking => State.Tracking;

    /// <summary>As they were when they were shown.</summary>
    public IReadOnlyList<Option> Options => [.. Tracking.Offered.Select(Offer)];

    public IReadOnlyList<Option> BackOnly => [Offer(TrackingChoice.Back)];

    /// <summary>Beside a text that is asked for; taken by their numbers alone, since any words may be the text.</summary>
    public IReadOnlyList<Option> TextOptions => Tracking.Unsent is null
        ? [new(BackValue, Say("chat.track.notNow"))]
        : [new(SendValue, Say("chat.track.send")), new(BackValue, Say("chat.track.notNow"))];

    public IReadOnlyList<Option> WithdrawalOptions =>
        [new(BackValue, Say("tracking.withdraw.keep"), "不撤回", "不", "否", "no", "keep"), new(nameof(TrackingChoice.Withdraw), Say("tracking.withdraw.sure"), "仍要撤回", "确定撤回", "yes, withdraw")];

    public string Withdrawal => string.Join('\n', [Say("tracking.withdraw.lead"), .. Enumerable.Range(1, 3).Select(at => $"· {Say($"tracking.withdraw.gone.{at}")}"), Say("tracking.withdraw.stays")]);

    /// <summary>What was written before the pass ran out, where it is asked for again.</summary>
    public string Unsent => Tracking.Unsent is { } text ? $"\n\n{Say("chat.track.unsent")}\n{text}" : "";

    public static bool IsNumber(string said) => int.TryParse(said.Normalize(NormalizationForm.FormKC).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>The text itself, or the one that was kept when it is chosen.</summary>
    public string TextOf(string said) =>
        Tracking.Unsent is { } kept && IsNumber(said) && Option.Chosen(TextOptions, said) is { Value: SendValue } ? kept : said.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal);

    /// <summary>Whether it was done since it was asked for here.</summary>
    public bool IsDone(TrackedReport report, string act) => report.Entries.Any(entry => entry.Own && entry.Act == act && entry.Step > Tracking.AskedAt);

    public string Standing(TrackedReport report) => Lines(
    [
        Say("chat.line", Say("tracking.number"), report.Number),
        Words.Now(report.Standing),
        TrackingWords.Due(report.Standing) is { } due && due < Words.Today ? Say("tracking.next.overdue") : null,
        .. Words.Next(report.Standing, report.Withdrawn),
        .. report.Leading is { } leading ? [$"{Say("tracking.merged.leading")}{Words.Now(leading)}", .. Words.Next(leading, withdrawn: false)] : Array.Empty<string>(),
    ]);

    public string Timeline(TrackedReport report) =>
        Lines([Say("tracking.timeline.title"), .. report.Entries.Take(MostEntries).Select(Entry), report.Entries.Count > MostEntries ? Say("chat.track.more") : null]);

    /// <summary>反馈, while it stands.</summary>
    public IEnumerable<Reply> Feedback(TrackedReport report)
    {
        if (report.Feedback is not [{ Stands: true } last, ..])
            yield break;
        (string Part, string Text)[] parts =
            [("conclusion", last.Parts.Conclusion), ("facts", last.Parts.Facts), ("decision", last.Parts.Decision), ("reward", last.Parts.RewardEligibility)];
        yield return new Reply(Lines([Dated(last.Day, Say("tracking.feedback.title")), .. parts.SelectMany(part => new[] { Say($"tracking.feedback.{part.Part}"), StaffText.Plain(part.Text) })]));
    }

    /// <summary>What officers wrote since the reporter last wrote, or since it was told here.</summary>
    public IEnumerable<Reply> NewMessages(TrackedReport report)
    {
        var known = Math.Max(Tracking.MessageTold, report.Messages.LastOrDefault(message => message.Own)?.Step ?? 0);
        List<TrackedMessage> fresh = [.. report.Messages.Where(message => !message.Own && message.Step > known)];
        return fresh.Count == 0 ? [] : [Told(Say("chat.track.messages.new"), fresh, report)];
    }

    public IEnumerable<Reply> Messages(TrackedReport report) =>
        [report.Messages.Count == 0 ? new Reply(Say(report.Withdrawn ? "tracking.thread.emptyWithdrawn" : "tracking.thread.empty")) : Told(Say("tracking.thread.title"), [.. report.Messages.TakeLast(MostMessages)], report)];

    /// <summary>Money is claimed on its own page alone: the claim code and an account belong in no conversation.</summary>
    public Reply Reward(RewardProgress reward)
    {
        var text = Lines(
        [
            $"{Words.Reward(reward)}{(reward.Amount is { } amount ? Say("tracking.reward.amount", amount) : "")}",
            .. reward.Reasons.Select(why => $"· {Say($"ineligible-reason.{why}")}"),
            reward.State is RewardState.ClaimOpen ? Say("chat.track.claim", State.Number) : null,
        ]);
        return new Reply(text, [], reward.State is RewardState.ClaimOpen ? ("/claim", Say("tracking.reward.claim")) : null);
    }

    public string Erased(ErasedReport erased) =>
        Lines([Say("retention.told.title"), Say("retention.told.when", Profile.DayOf(erased.At)), Say($"retention.told.{erased.Reason}"), Say("retention.told.gone")]);

    private Option Offer(TrackingChoice choice) => choice switch
    {
        TrackingChoice.Progress => new(nameof(TrackingChoice.Progress), Say("chat.track.progress"), "进度", "刷新", "progress"),
        TrackingChoice.Messages => new(nameof(TrackingChoice.Messages), Say("chat.track.messages"), "看留言", "messages"),
        TrackingChoice.Write => new(nameof(TrackingChoice.Write), Say("tracking.thread.write"), "留言", "写留言", "message", "write"),
        TrackingChoice.Object => new(nameof(TrackingChoice.Object), Say("tracking.object.link"), "异议", "object", "objection"),
        TrackingChoice.Reward => new(nameof(TrackingChoice.Reward), Say("tracking.reward.title"), "领奖", "reward", "claim"),
        TrackingChoice.Withdraw => new(nameof(TrackingChoice.Withdraw), Say("tracking.withdraw.link"), "撤回", "撤销", "withdraw"),
        TrackingChoice.Another => new(nameof(TrackingChoice.Another), Say("chat.track.another"), "另一件", "another"),
        _ => new(BackValue, Say("chat.track.back"), "返回", "退出", "结束", "back"),
    };

    private Reply Told(string title, List<TrackedMessage> messages, TrackedReport report)
    {
        Tracking.MessageTold = report.Messages[^1].Step;
        return new Reply(Lines([title, .. messages.Select(Message)]));
    }

    private string Message(TrackedMessage message) => Dated(message.Day, Say("chat.line", message.Own ? Say("tracking.you") : Words.Who(message.Role, message.Department),
        message.Own ? message.Text : StaffText.Plain(message.Text)));

    private string Entry(TrackedEntry entry) => Dated(entry.Day, entry.Text switch
    {
        { Length: > 0 } own when entry.Own => $"{Words.Sentence(entry)} {own}",
        { Length: > 0 } reason => $"{Words.Sentence(entry)} {(TrackingWords.IsReason(entry) ? Say("tracking.reason") : "")}{StaffText.Plain(reason)}",
        _ => Words.Sentence(entry),
    });

    private string Dated(DateOnly day, string text) => Say("chat.track.dated", day, text);

    private static string Lines(IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
}
