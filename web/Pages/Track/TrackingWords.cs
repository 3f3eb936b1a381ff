using System.Globalization;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Tracking;

namespace Report12350.Web.Pages.Track;

/// <summary>Says to the reporter in plain words where the report stands, what comes next and by when (进度用语).</summary>
public sealed class TrackingWords(Texts texts, JurisdictionProfile profile)
{
    public string Department(string? id) =>
        profile.FindDepartment(id) is { } known ? texts.IsChinese ? known.Name : known.NameEn : id ?? texts["tracking.department"];

    public string Who(Domain.Access.Role? role, string? department) =>
        role is { } held ? texts["tracking.who", ShortName(department), texts.Word(held)] : ShortName(department);

    /// <summary>Whether an entry's text is the reason for the act, and not what was found or decided.</summary>
    public static bool IsReason(TrackedEntry entry) => entry.Act is nameof(ReportAction.Decline) or nameof(ReportAction.Transfer)
        or nameof(ReportAction.Extend) or nameof(ReportAction.PauseClock);

    /// <summary>Where it stands.</summary>
    public string Now(Standing at) => at.State switch
    {
        ReportState.Received => Dated("Received", at, ClockKind.Accept),
        ReportState.Accepted => Dated("Accepted", at, ClockKind.Verify),
        ReportState.Referred => texts["tracking.now.Referred", Department(at.Lead)] + Finish(at),
        ReportState.Contested => texts["tracking.now.Contested"] + Finish(at),
        ReportState.Verifying => texts["tracking.now.Verifying", Department(at.Lead)] + Finish(at),
        ReportState.Concluded => texts["tracking.now.Concluded", at.Finding],
        ReportState.Rectifying or ReportState.InCloseOutReview => texts["tracking.now.Rectifying", at.Items, at.ItemsDone],
        ReportState.Declined => texts["tracking.now.Declined", at.Declined],
        ReportState.Transferred => texts["tracking.now.Transferred", Department(at.TransferredTo)],
        ReportState.Closed => texts["tracking.now.Closed", at.Finding],
        ReportState.UnderReexamination => Dated("UnderReexamination", at, ClockKind.Reexamine),
        _ => texts[$"tracking.now.{at.State}"],
    };

    /// <summary>What happens next and by when, a sentence each.</summary>
    public IEnumerable<string> Next(Standing at, bool withdrawn)
    {
        if (Following(at) is { } following)
            yield return following;
        if (withdrawn)
        {
            yield return texts["tracking.next.withdrawn"];
            yield break;
        }

        if (at.DueFor(ClockKind.Feedback) is { } told)
            yield return texts["tracking.next.feedback", told];
        if (at is { FeedbackGiven: true, State: ReportState.Concluded or ReportState.Closed or ReportState.ClosedOut } && at.DueFor(ClockKind.Objection) is { } last)
            yield return last >= texts.Today ? texts["tracking.next.object", last] : texts["tracking.next.objectOver", last];
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
        return texts.Has(key) ? texts[key, Fact(entry)] : texts["tracking.entry.other"];
    }

    public string Reward(RewardProgress reward) => reward.State switch
    {
        RewardState.Pending or RewardState.Eligible or RewardState.Proposed or RewardState.Voting => texts["tracking.reward.underway"],
        RewardState.Approved => texts["tracking.reward.approved"],
        RewardState.ClaimOpen => reward.LastDay is { } by ? texts["tracking.reward.open", by] : texts["tracking.reward.openSoon"],
        RewardState.Claimed when reward.AtCounter => texts["tracking.reward.atCounter"],
        RewardState.Paid when reward.PaidOn is { } paid => texts["tracking.reward.paidOn", paid],
        _ => texts[$"tracking.reward.{reward.State}"],
    };

    private string ShortName(string? id) =>
        texts.IsChinese && profile.FindDepartment(id) is { } known ? known.ShortName : Department(id);

    private string Dated(string key, Standing at, ClockKind kind) =>
        at.DueFor(kind) is { } day ? texts[$"tracking.now.{key}", day] : texts[$"tracking.now.{key}.undated"];

    private string Finish(Standing at) => at.DueFor(ClockKind.Verify) switch
    {
        _ when at.Paused => texts["tracking.finish.paused"],
        { } day when at.Extended => texts["tracking.finish.extended", day],
        { } day => texts["tracking.finish.by", day],
        _ => "",
    };

    private string? Following(Standing at) => at.State switch
    {
        ReportState.Rectifying when at.DueFor(ClockKind.Rectify) is { } day => texts["tracking.next.Rectifying", day],
        ReportState.InCloseOutReview when at.DueFor(ClockKind.CloseOutReview) is { } day => texts["tracking.next.InCloseOutReview", day],
        ReportState.Concluded when at.Finding is Finding.Inconclusive => texts["tracking.next.Inconclusive"],
        ReportState.UnderReexamination => texts["tracking.next.UnderReexamination", Department(profile.ReexaminationBody)],
        _ => texts.Has($"tracking.next.{at.State}") && at.State is not (ReportState.Rectifying or ReportState.InCloseOutReview) ? texts[$"tracking.next.{at.State}"] : null,
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
