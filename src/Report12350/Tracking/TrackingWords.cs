using System.Globalization;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Profiles;
using Report12350.Rewards;

namespace Report12350.Tracking;

/// <summary>Says to the reporter in plain words where the report stands, what comes next and by when (进度用语).</summary>
public sealed class TrackingWords(Say say, bool isChinese, DateOnly today, JurisdictionProfile profile)
{
    public DateOnly Today => today;

    public string Department(string? id) =>
        profile.FindDepartment(id) is { } known ? isChinese ? known.Name : known.NameEn : id ?? say("tracking.department");

    public string Who(Domain.Access.Role? role, string? department) =>
        role is { } held ? say("tracking.who", ShortName(department), held) : ShortName(department);

    /// <summary>Whether an entry's text is the reason for the act, and not what was found or decided.</summary>
    public static bool IsReason(TrackedEntry entry) => entry.Act is nameof(ReportAction.Decline) or nameof(ReportAction.Transfer)
        or nameof(ReportAction.Extend) or nameof(ReportAction.PauseClock);

    /// <summary>Where it stands.</summary>
    public string Now(Standing at) => at.State switch
    {
        ReportState.Received => Dated("Received", at, ClockKind.Accept),
        ReportState.Accepted => Dated("Accepted", at, ClockKind.Verify),
        ReportState.Referred => say("tracking.now.Referred", Department(at.Lead)) + Finish(at),
        ReportState.Contested => say("tracking.now.Contested") + Finish(at),
        ReportState.Verifying => say("tracking.now.Verifying", Department(at.Lead)) + Finish(at),
        ReportState.Concluded => say("tracking.now.Concluded", at.Finding),
        ReportState.Rectifying or ReportState.InCloseOutReview => say("tracking.now.Rectifying", at.Items, at.ItemsDone),
        ReportState.Declined => say("tracking.now.Declined", at.Declined),
        ReportState.Transferred => say("tracking.now.Transferred", Department(at.TransferredTo)),
        ReportState.Closed => say("tracking.now.Closed", at.Finding),
        ReportState.UnderReexamination => Dated("UnderReexamination", at, ClockKind.Reexamine),
        _ => say($"tracking.now.{at.State}"),
    };

    /// <summary>What happens next and by when, a sentence each.</summary>
    public IEnumerable<string> Next(Standing at, bool withdrawn)
    {
        if (Following(at) is { } following)
            yield return following;
        if (withdrawn)
        {
            yield return say("tracking.next.withdrawn");
            yield break;
        }

        if (at.DueFor(ClockKind.Feedback) is { } told)
            yield return say("tracking.next.feedback", told);
        if (at is { FeedbackGiven: true, State: ReportState.Concluded or ReportState.Closed or ReportState.ClosedOut } && at.DueFor(ClockKind.Objection) is { } last)
            yield return last >= Today ? say("tracking.next.object", last) : say("tracking.next.objectOver", last);
    }

    /// <summary>The day the next step is due to the reporter, for the tag beside it.</summary>
    public static DateOnly? Due(Standing at) => at.State switch
    {
        ReportState.Received => at.DueFor(ClockKind.Accept),
        ReportState.Accepted or ReportState.Referred or ReportState.Contested or ReportState.Verifying => at.Paused ? null : at.DueFor(ClockKind.Verify),
        ReportState.Concluded => at.DueFor(ClockKind.Feedback),
        ReportState.Rectifying => at.DueFor(ClockKind.Rectify),
        ReportState.InCloseOutReview => at.DueFor(ClockKind.CloseOutReview),
        ReportState.UnderReexamination => at.DueFor(ClockKind.Reexamine),
        _ => null,
    };

    /// <summary>One act as a sentence.</summary>
    public string Sentence(TrackedEntry entry)
    {
        var key = $"tracking.entry.{entry.Act}";
        return Has(key) ? say(key, Fact(entry)) : say("tracking.entry.other");
    }

    public string Reward(RewardProgress reward) => reward.State switch
    {
        RewardState.Pending or RewardState.Eligible or RewardState.Proposed or RewardState.Voting => say("tracking.reward.underway"),
        RewardState.Approved => say("tracking.reward.approved"),
        RewardState.ClaimOpen => reward.LastDay is { } by ? say("tracking.reward.open", by) : say("tracking.reward.openSoon"),
        RewardState.Claimed when reward.AtCounter => say("tracking.reward.atCounter"),
        RewardState.Paid when reward.PaidOn is { } paid => say("tracking.reward.paidOn", paid),
        _ => say($"tracking.reward.{reward.State}"),
    };

    /// <summary>A key without a text is said as it is.</summary>
    private bool Has(string key) => say(key) != key;

    private string ShortName(string? id) =>
        isChinese && profile.FindDepartment(id) is { } known ? known.ShortName : Department(id);

    private string Dated(string key, Standing at, ClockKind kind) =>
        at.DueFor(kind) is { } day ? say($"tracking.now.{key}", day) : say($"tracking.now.{key}.undated");

    private string Finish(Standing at) => at.DueFor(ClockKind.Verify) switch
    {
        _ when at.Paused => say("tracking.finish.paused"),
        { } day when at.Extended => say("tracking.finish.extended", day),
        { } day => say("tracking.finish.by", day),
        _ => "",
    };

    private string? Following(Standing at) => at.State switch
    {
        ReportState.Rectifying when at.DueFor(ClockKind.Rectify) is { } day => say("tracking.next.Rectifying", day),
        ReportState.InCloseOutReview when at.DueFor(ClockKind.CloseOutReview) is { } day => say("tracking.next.InCloseOutReview", day),
        ReportState.Concluded when at.Finding is Finding.Inconclusive => say("tracking.next.Inconclusive"),
        ReportState.UnderReexamination => say("tracking.next.UnderReexamination", Department(profile.ReexaminationBody)),
        _ => Has($"tracking.next.{at.State}") && at.State is not (ReportState.Rectifying or ReportState.InCloseOutReview) ? say($"tracking.next.{at.State}") : null,
    };

    private object? Fact(TrackedEntry entry) => entry.Act switch
    {
        nameof(ReportAction.Decline) when Enum.TryParse<DeclineReason>(entry.Fact, out var reason) => reason,
        nameof(ReportAction.RequestReveal) when Enum.TryParse<RevealReason>(entry.Fact, out var why) => why,
        nameof(ReportAction.Conclude) when Enum.TryParse<Finding>(entry.Fact, out var finding) => finding,
        nameof(ReportAction.Extend) when DateOnly.TryParseExact(entry.Fact, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        nameof(ReportAction.Refer) or nameof(ReportAction.Designate) or nameof(ReportAction.SignIn) or nameof(ReportAction.Transfer)
            or nameof(ReportAction.OrganiseReverification) => Department(entry.Fact),
        _ => entry.Fact,
    };
}
