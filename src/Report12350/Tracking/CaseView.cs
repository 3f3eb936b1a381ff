using Report12350.Domain.Deadlines;
using Report12350.Domain.Evidence;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Profiles;
using Report12350.Rectification;
using Report12350.Routing;
using Report12350.Scanning;
using Report12350.Verification;

namespace Report12350.Tracking;

/// <summary>A report as an officer sees it (办件页): what was said and shown, what happened, what can be done now. Never who the reporter is.</summary>
public sealed record CaseView
{
    public required Report Report { get; init; }

    public required ReportAnswers Answers { get; init; }

    public required string? OfficerName { get; init; }

    public required IReadOnlyList<CaseFile> Files { get; init; }

    public required IReadOnlyList<CaseEvent> Timeline { get; init; }

    public required IReadOnlyList<CaseRecord> Records { get; init; }

    public required IReadOnlyList<CaseItem> Items { get; init; }

    public required IReadOnlyList<CaseClock> Clocks { get; init; }

    /// <summary>What this person can do now, the first thing first.</summary>
    public required IReadOnlyList<CaseTask> Tasks { get; init; }

    public required ReferralAdvice Advice { get; init; }

    public required IReadOnlyList<CriterionMatch> Criteria { get; init; }

    public required IReadOnlyList<SameMatter> SameMatter { get; init; }

    /// <summary>People who can be kept out of the matter, or are, for those who decide on it; empty for everybody else.</summary>
    public required IReadOnlyList<CaseColleague> Colleagues { get; init; }

    /// <summary>Who asked to see who the reporter is.</summary>
    public required IReadOnlyList<CaseReveal> Reveals { get; init; }

    /// <summary>Whether this person may mask the report for others to see.</summary>
    public required bool MayMask { get; init; }

    public int Version => Report.Version;

    public bool May(ReportAction action) => Tasks.Any(task => task.Action == action);
}

/// <summary>An entry of the history, opened. What staff wrote is cleaned HTML; what the reporter wrote is plain text.</summary>
public sealed record CaseEvent(
    int Step, string Act, ActorKind Actor, DateTimeOffset At, string? By, string? Department, bool ForReporter, string? Fact, string? Text, FeedbackParts? Feedback);

/// <summary>A file of the report (证据材料), by its sealed name.</summary>
public sealed record CaseFile(Guid Id, EvidencePurpose Purpose, bool ByReporter, DateTimeOffset At, Guid? Item, EvidenceDescription Description, ScanState Scan)
{
    public bool HasPicture => MayBeShown && ImageView.CanDraw(Description.ShownType);

    public bool HasFilm => MayBeShown && Description.ShownType is "video/mp4" or "video/quicktime" or "video/webm";

    public bool HasSound => MayBeShown && Description.ShownType is "audio/mp4" or "audio/mpeg" or "audio/wav";

    /// <summary>One that waits is scanned when it is asked for.</summary>
    public bool MayBeShown => Scan is not ScanState.Infected && !Description.IsHeld;
}

public sealed record CaseRecord(Guid Id, int Round, DateTimeOffset At, string? RecordedBy, VerificationRecordContent Content);

public sealed record CaseItem(Guid Id, int No, DateOnly DueOn, DateOnly FirstDueOn, DateOnly? CompletedOn, ItemContent Content, string? Outcome);

public sealed record CaseClock(ClockKind Kind, DateOnly LastDay, int DaysLeft, bool Paused);

/// <summary>An act that is open to this person, the article it rests on and the deadline it keeps.</summary>
public sealed record CaseTask(ReportAction Action, string Article, CaseClock? Clock);

/// <param name="Blocked">Kept out of the matter (回避).</param>
public sealed record CaseColleague(Guid Id, string Name, string Department, bool Blocked);

/// <param name="Answer">Why not, for the person who asked.</param>
public sealed record CaseReveal(Guid Id, RevealReason Reason, string? By, bool Mine, DateTimeOffset RequestedAt, RevealState State, DateTimeOffset? Until, string? Answer);

public sealed record SameMatter(string Number, ReportState State, DateOnly FiledOn, bool MergedHere);
