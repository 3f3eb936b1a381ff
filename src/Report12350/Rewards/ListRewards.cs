using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Rewards;

/// <summary>Headings under which rewards wait (奖励待办).</summary>
public enum RewardTab
{
    Assess,
    Propose,
    Voting,
    Notify,
    Claimable,
    Pay,
    Done,
}

/// <summary>Rewards by what is mine to do: metadata only.</summary>
/// <param name="Tab">Null: the first heading under which something waits for me.</param>
public sealed record ListRewards(RewardTab? Tab = null, int Page = 1) : IQuery<RewardList>, INeedRole
{
    public IReadOnlyList<Role> Roles => [Role.RewardOfficer, Role.CommitteeMember, Role.Cashier];
}

public sealed record RewardList(RewardTab Tab, IReadOnlyList<RewardTabCount> Tabs, IReadOnlyList<RewardLine> Lines, int Page, bool More);

public sealed record RewardTabCount(RewardTab Tab, int Count);

/// <param name="Report">What the cashiers don't see.</param>
public sealed record RewardLine(string Number, RewardState State, decimal? Amount, DateOnly ChangedOn, DateOnly? LastDay, bool Voted, RewardLineReport? Report);

public sealed record RewardLineReport(MatterKind Kind, string Sector, string Town, string? Department);

internal sealed class ListRewardsHandler(ReportsDbContext db, CurrentStaff current, JurisdictionProfile profile) : IRequestHandler<ListRewards, RewardList>
{
    private const int PageSize = 50;

    public async Task<RewardList> Handle(ListRewards request, CancellationToken cancellationToken)
    {
        List<RewardTabCount> tabs = [];
        foreach (var each in TabsOf(current))
            tabs.Add(new RewardTabCount(each, each is RewardTab.Done ? 0 : await Under(each).CountAsync(cancellationToken)));
        var tab = tabs.Exists(t => t.Tab == request.Tab) ? request.Tab!.Value : (tabs.Find(t => t.Count > 0) ?? tabs[0]).Tab;
        var page = Math.Max(1, request.Page);
        var lines = await LinesAsync(tab, page, cancellationToken);
        return new RewardList(tab, tabs, [.. lines.Take(PageSize)], page, lines.Count > PageSize);
    }

    private static RewardTab[] TabsOf(CurrentStaff current) =>
    [
        .. current.Is(Role.RewardOfficer) ? new[] { RewardTab.Assess, RewardTab.Propose } : [],
        .. current.Is(Role.RewardOfficer, Role.CommitteeMember) ? new[] { RewardTab.Voting } : [],
        .. current.Is(Role.RewardOfficer) ? new[] { RewardTab.Notify, RewardTab.Claimable } : [],
        .. current.Is(Role.Cashier) ? new[] { RewardTab.Pay } : [],
        RewardTab.Done,
    ];

    private IQueryable<RewardClaim> Under(RewardTab tab)
    {
        List<Guid> conflicts = [.. current.Required().Conflicts];
        var claims = db.RewardClaims.AsNoTracking();
        if (conflicts.Count > 0)
            claims = claims.Where(c => !db.Reports.Any(r => r.Id == c.ReportId && conflicts.Contains(r.MatterId)));
        return tab switch
        {
            RewardTab.Assess => claims.Where(c => c.State == RewardState.Pending && c.SealedDossier != null),
            RewardTab.Propose => claims.Where(c => c.State == RewardState.Eligible || c.State == RewardState.Proposed || c.State == RewardState.Suspended),
            RewardTab.Voting => claims.Where(c => c.State == RewardState.Voting),
            RewardTab.Notify => claims.Where(c => c.State == RewardState.Approved),
            RewardTab.Claimable => claims.Where(c => c.State == RewardState.ClaimOpen),
            RewardTab.Pay => claims.Where(c => c.State == RewardState.Claimed),
            _ when current.Is(Role.RewardOfficer, Role.CommitteeMember) => claims.Where(c => c.State == RewardState.Paid || c.State == RewardState.Ineligible || c.State == RewardState.Rejected || c.State == RewardState.Forfeited),
            _ => claims.Where(c => c.State == RewardState.Paid),
        };
    }

    private async Task<List<RewardLine>> LinesAsync(RewardTab tab, int page, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        var claims = tab is RewardTab.Done ? Under(tab).OrderByDescending(c => c.ChangedAt).ThenBy(c => c.Number) : Under(tab).OrderBy(c => c.ChangedAt).ThenBy(c => c.Number);
        var rows = await claims.Skip((page - 1) * PageSize).Take(PageSize + 1)
            .Join(db.Reports, c => c.ReportId, r => r.Id, (c, r) => new
            {
                c.Number, c.State, c.Amount, c.ChangedAt, c.ClaimDueAt, Voted = c.Votes.Any(v => v.MemberId == me),
                r.FiledOn, r.Kind, r.FoundKind, r.Sector, r.Town, r.LeadDepartment,
            }).ToListAsync(cancellationToken);
        var whole = current.Is(Role.RewardOfficer, Role.CommitteeMember);
        return [.. rows.OrderBy(r => tab is RewardTab.Done ? -r.ChangedAt.UtcTicks : r.ChangedAt.UtcTicks).ThenBy(r => r.Number, StringComparer.Ordinal).Select(r =>
        {
            var deadlines = profile.DeadlinesOn(r.FiledOn);
            DateOnly? lastDay = r.ClaimDueAt is { } due ? deadlines.LastDay(due) : null;
            var report = whole ? new RewardLineReport(r.FoundKind ?? r.Kind, r.Sector, r.Town, r.LeadDepartment) : null;
            return new RewardLine(r.Number, r.State, r.Amount, deadlines.LegalDay(r.ChangedAt), lastDay, r.Voted, report);
        })];
    }
}
