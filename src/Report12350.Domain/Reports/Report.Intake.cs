using Report12350.Domain.Deadlines;

namespace Report12350.Domain.Reports;

/// <summary>转办: who leads, who assists, which rule of the profile said so.</summary>
/// <param name="Rule">Id of the routing rule, or <c>officer</c> when a person decided otherwise and gave a reason.</param>
/// <param name="ToCountyGovernment">The lead is the county government.</param>
public sealed record Referral(string Lead, IReadOnlyList<string> Assist, string Rule, bool ToCountyGovernment);

/// <content>受理, 不予受理, 移送, 转办, 退单, 指定, 并案, 关联.</content>
public sealed partial class Report
{
    public void Accept(Actor by, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        Do(ReportAction.Accept, by, now);
        AcceptedBy = by.StaffId;
        AcceptedAt = now;
        StopClock(ClockKind.Accept, now);
        StartClock(ClockKind.Verify, now, deadlines.DueAt(ClockKind.Verify, now));
    }

    public void Decline(Actor by, DeclineReason reason, Sealed? explanation, DateTimeOffset now)
    {
        Do(ReportAction.Decline, by, now, fact: reason.ToString(), text: explanation);
        StopWork(now);
    }

    /// <summary>移送. Where to is an officer's own words, so it is sealed with the explanation.</summary>
    public void Transfer(Actor by, Sealed whereAndWhy, DateTimeOffset now)
    {
        Do(ReportAction.Transfer, by, now, text: whereAndWhy);
        StopWork(now);
    }

    public void Refer(Actor by, Referral referral, Sealed? reason, DateTimeOffset now, DeadlinePolicy deadlines) =>
        ReferTo(ReportAction.Refer, by, referral, reason, now, deadlines);

    public void Designate(Actor by, Referral referral, Sealed? reason, DateTimeOffset now, DeadlinePolicy deadlines) =>
        ReferTo(ReportAction.Designate, by, referral, reason, now, deadlines);

    /// <summary>退单异议, within five working days of the referral.</summary>
    public void Contest(Actor by, Sealed reason, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.Contest, by);
        if (ClockOf(ClockKind.Contest) is { } window && now >= window.DueAt)
            throw new RuleBrokenException("rule.ContestTooLate", deadlines.LastDay(window.DueAt));
        Do(ReportAction.Contest, by, now, forReporter: false, fact: LeadDepartment, text: reason);
        StopClock(ClockKind.Contest, now);
    }

    /// <summary>签收: the department takes it on and this officer verifies it.</summary>
    public void SignIn(Actor by, DateTimeOffset now)
    {
        Do(ReportAction.SignIn, by, now, fact: LeadDepartment);
        Officer = by.StaffId;
        StopClock(ClockKind.Contest, now);
    }

    /// <summary>并案 into another report; the time of registration stays this report's own.</summary>
    public void MergeInto(Report target, Actor by, DateTimeOffset now)
    {
        ReportWorkflow.Require(this, ReportAction.Merge, by);
        if (target.Id == Id)
            throw new RuleBrokenException("rule.MergeIntoItself");
        if (target.State is ReportState.Merged || target.MergedInto is not null)
            throw new RuleBrokenException("rule.MergeTargetMerged", target.Number);
        if (target.State is ReportState.Declined or ReportState.Transferred)
            throw new RuleBrokenException("rule.MergeTargetNotHandledHere", target.Number);
        Do(ReportAction.Merge, by, now);
        MergedInto = target.Id;
        MatterId = target.MatterId;
        StopWork(now);
    }

    /// <summary>关联 with another report; its number is sealed, so that the database does not tell which belong together.</summary>
    public void Link(Actor by, Sealed other, DateTimeOffset now) => Do(ReportAction.Link, by, now, forReporter: false, text: other);

    /// <summary>The report this one was merged into was itself merged: the matter moves as a whole, so that it is paid once.</summary>
    public void FollowMatter(Guid matterId, DateTimeOffset now)
    {
        MatterId = matterId;
        ChangedAt = now;
        Version++;
    }

    private void ReferTo(ReportAction action, Actor by, Referral referral, Sealed? reason, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, action, by);
        if ((InvolvesDeaths || Kind is MatterKind.ConcealedAccident) && !referral.ToCountyGovernment)
            throw new RuleBrokenException("rule.CountyGovernmentMustOrganise");
        Do(action, by, now, fact: referral.Lead, text: reason);
        LeadDepartment = referral.Lead;
        AssistDepartments = [.. referral.Assist.Where(d => d != referral.Lead).Distinct(StringComparer.Ordinal)];
        RoutingRule = referral.Rule;
        Officer = null;
        StartClock(ClockKind.Contest, now, deadlines.DueAt(ClockKind.Contest, now));
    }
}
