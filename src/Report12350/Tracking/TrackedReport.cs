using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Scanning;
using Report12350.Verification;

namespace Report12350.Tracking;

/// <summary>What the holder of the receipt sees of the report (查进度). Days, departments and roles; never a name.</summary>
public sealed record TrackedReport
{
    public required string Number { get; init; }

    /// <summary>Last step the reporter may know of.</summary>
    public required int Step { get; init; }

    public required DateOnly FiledOn { get; init; }

    public required ReportAnswers Said { get; init; }

    public required Standing Standing { get; init; }

    /// <summary>Where the report stands that this one was merged into.</summary>
    public Standing? Leading { get; init; }

    public required bool Withdrawn { get; init; }

    /// <summary>Newest first, without the messages.</summary>
    public required IReadOnlyList<TrackedEntry> Entries { get; init; }

    /// <summary>Oldest first, as people talk.</summary>
    public required IReadOnlyList<TrackedMessage> Messages { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<TrackedFeedback> Feedback { get; init; }

    public required IReadOnlyList<TrackedFile> Files { get; init; }

    public required IReadOnlyList<Opening> Openings { get; init; }

    /// <summary>Who asked to see who the reporter is, newest first.</summary>
    public required IReadOnlyList<Reveal> Reveals { get; init; }

    /// <summary>Who looked.</summary>
    public required IReadOnlyList<Opening> Looks { get; init; }

    /// <summary>What the reporter can do now.</summary>
    public required IReadOnlyList<ReportAction> Open { get; init; }
}

/// <summary>Where a report stands (进度), in what the words need to say it.</summary>
public sealed record Standing(
    ReportState State,
    IReadOnlyDictionary<ClockKind, DateOnly> Due,
    string? Lead,
    bool Extended,
    bool Paused,
    Finding? Finding,
    bool FeedbackGiven,
    DeclineReason? Declined,
    string? TransferredTo,
    int Items,
    int ItemsDone)
{
    public DateOnly? DueFor(ClockKind kind) => Due.TryGetValue(kind, out var day) ? day : null;
}

/// <summary>One act as the reporter sees it.</summary>
/// <param name="Text">Reason or decision, where the reporter is told one.</param>
public sealed record TrackedEntry(int Step, DateOnly Day, string Act, string? Fact, string? Text, bool Own, Role? Role, string? Department);

/// <summary>One message of the thread: the reporter's own, or a reply in simple formatting.</summary>
public sealed record TrackedMessage(int Step, DateOnly Day, bool Own, string Text, Role? Role, string? Department);

/// <summary>反馈, in its four parts.</summary>
/// <param name="Stands">False once the conclusion it tells was overturned.</param>
public sealed record TrackedFeedback(DateOnly Day, FeedbackParts Parts, bool Stands);

/// <summary>A file the reporter sent, as it was described, and its day.</summary>
public sealed record TrackedFile(Guid Id, EvidenceDescription Said, DateOnly Day, ScanState Scan)
{
    public string Name => Said.Name;
}

/// <summary>谁打开过: a role of a department, on a day.</summary>
public sealed record Opening(DateOnly Day, Role? Role, string? Department);

/// <summary>谁申请查看身份: a role of a department, why, and what became of it.</summary>
public sealed record Reveal(DateOnly Day, Role Role, string Department, RevealReason Reason, RevealState State, DateOnly? DecidedOn);
