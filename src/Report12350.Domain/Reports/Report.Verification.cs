using Report12350.Domain.Deadlines;
using Report12350.Domain.Verification;

namespace Report12350.Domain.Reports;

/// <content>核查, 延期, 结论, 反馈, 复查, 督办.</content>
public sealed partial class Report
{
    public void RecordVerification(Actor by, Sealed record, DateTimeOffset now)
    {
        Do(ReportAction.RecordVerification, by, now, forReporter: false);
        Officer ??= by.StaffId;
        _verificationRecords.Add(new VerificationRecord(record.Row, VerificationRound, by.StaffId!.Value, now, record.Envelope));
    }

    /// <summary>延期, once, with a reason the reporter is told.</summary>
    public void Extend(Actor by, int days, Sealed reason, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.Extend, by);
        if (days < 1 || days > deadlines.Rules.ExtensionMaxDays)
            throw new RuleBrokenException("rule.ExtensionTooLong", deadlines.Rules.ExtensionMaxDays);
        var clock = ClockOf(ClockKind.Verify);
        var due = deadlines.Extend(clock?.DueAt ?? now, days);
        Do(ReportAction.Extend, by, now, fact: Iso(deadlines.LastDay(due)), text: reason);
        Extended = true;
        clock?.Extend(due);
        NoteNextClock();
    }

    public void PauseClock(Actor by, Sealed reason, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.PauseClock, by);
        if (!deadlines.Rules.PausableClocks.Contains(ClockKind.Verify))
            throw new RuleBrokenException("rule.PauseNotProvided");
        Do(ReportAction.PauseClock, by, now, text: reason);
        ClockOf(ClockKind.Verify)?.Pause(now);
        NoteNextClock();
    }

    public void ResumeClock(Actor by, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        Do(ReportAction.ResumeClock, by, now);
        if (ClockOf(ClockKind.Verify) is { PausedAt: { } pausedAt } clock)
            clock.Resume(deadlines.Resume(clock.DueAt, pausedAt, now));
        NoteNextClock();
    }

    /// <summary>核查结论. The classification is the officer's; the reporter's word stays beside it.</summary>
    public void Conclude(Actor by, Finding finding, MatterKind foundKind, Sealed facts, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        Do(ReportAction.Conclude, by, now, fact: finding.ToString(), text: facts);
        Finding = finding;
        FoundKind = foundKind;
        VerifiedBy = by.StaffId;
        ConcludedAt = now;
        StopClock(ClockKind.Verify, now);
        AskForFeedback(now, deadlines);
    }

    /// <summary>无法查清: the county government organises verification again.</summary>
    public void OrganiseReverification(Actor by, string countyGovernment, Sealed? reason, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        Do(ReportAction.OrganiseReverification, by, now, fact: countyGovernment, text: reason);
        if (LeadDepartment is { } former && former != countyGovernment)
            AssistDepartments = [.. AssistDepartments.Append(former).Distinct(StringComparer.Ordinal)];
        LeadDepartment = countyGovernment;
        VerifyAgain(now, deadlines);
    }

    /// <summary>反馈四项内容; opens the reporter's days for an objection.</summary>
    public void GiveFeedback(Actor by, Sealed fourParts, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        Do(ReportAction.GiveFeedback, by, now, text: fourParts);
        FeedbackAt = now;
        StopClock(ClockKind.Feedback, now);
        StartClock(ClockKind.Objection, now, deadlines.DueAt(ClockKind.Objection, now));
    }

    public void Close(Actor by, DateTimeOffset now) => Do(ReportAction.Close, by, now);

    public void Uphold(Actor by, Sealed decision, DateTimeOffset now)
    {
        Do(ReportAction.Uphold, by, now, text: decision);
        ReturnTo = null;
        StopClock(ClockKind.Reexamine, now);
    }

    /// <summary>撤销原结论: verified again, by another officer.</summary>
    public void Overturn(Actor by, Sealed decision, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        Do(ReportAction.Overturn, by, now, text: decision);
        ReturnTo = null;
        if (VerifiedBy is { } former)
            ExcludedOfficers = [.. ExcludedOfficers.Append(former).Distinct()];
        StopClock(ClockKind.Reexamine, now);
        VerifyAgain(now, deadlines);
    }

    public void ReplyToReporter(Actor by, Sealed text, DateTimeOffset now) => Do(ReportAction.ReplyToReporter, by, now, text: text);

    public void AddNote(Actor by, Sealed text, DateTimeOffset now) => Do(ReportAction.AddNote, by, now, forReporter: false, text: text);

    public void ListForSupervision(Actor by, Sealed? reason, DateTimeOffset now)
    {
        Do(ReportAction.ListForSupervision, by, now, text: reason, forReporter: false);
        Supervision = SupervisionStep.Listed;
    }

    /// <summary>函告, 通报, 约谈, 曝光: only upwards, each taken by a person.</summary>
    public void TakeSupervisionStep(Actor by, SupervisionStep step, Sealed? text, DateTimeOffset now)
    {
        ReportWorkflow.Require(this, ReportAction.TakeSupervisionStep, by);
        if (Supervision is { } current && step <= current)
            throw new RuleBrokenException("rule.LadderOnlyUp", current);
        Do(ReportAction.TakeSupervisionStep, by, now, forReporter: false, fact: step.ToString(), text: text);
        Supervision = step;
    }

    public void Delist(Actor by, Sealed? reason, DateTimeOffset now)
    {
        Do(ReportAction.Delist, by, now, forReporter: false, text: reason);
        Supervision = null;
    }

    private void VerifyAgain(DateTimeOffset now, DeadlinePolicy deadlines)
    {
        VerificationRound++;
        Officer = null;
        Finding = null;
        FoundKind = null;
        ConcludedAt = null;
        FeedbackAt = null;
        Extended = false;
        StopClock(ClockKind.Feedback, now);
        StopClock(ClockKind.Objection, now);
        StopClock(ClockKind.Rectify, now);
        StartClock(ClockKind.Verify, now, deadlines.DueAt(ClockKind.Verify, now));
    }

    private void AskForFeedback(DateTimeOffset now, DeadlinePolicy deadlines)
    {
        if (WithdrawnAt is null && ClockOf(ClockKind.Feedback) is null)
            StartClock(ClockKind.Feedback, now, deadlines.DueAt(ClockKind.Feedback, now));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
