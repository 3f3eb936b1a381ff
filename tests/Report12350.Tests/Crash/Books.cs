using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Intake;
using Report12350.Load;

namespace Report12350.Tests.Crash;

/// <summary>What the database holds at one moment, and whether it agrees with itself.</summary>
internal sealed record Books(
    IReadOnlyDictionary<Guid, FiledReport> Filed,
    IReadOnlyDictionary<string, ReportId> Reports,
    ILookup<ReportId, string> Timeline,
    IReadOnlyDictionary<Guid, RewardClaim> Claims,
    RewardFund Fund,
    long Counter,
    ILookup<string, ReportId?> Audit)
{
    private static readonly RewardState[] Committed = [RewardState.Approved, RewardState.ClaimOpen, RewardState.Claimed];

    /// <param name="staged">Numbers of reports that were laid out and not filed by anybody.</param>
    public static async Task<Books> ReadAsync(BackDoor door, IEnumerable<DraftPass> drafts, IReadOnlySet<string> staged)
    {
        Dictionary<Guid, FiledReport> filed = [];
        foreach (var pass in drafts)
        {
            if ((await door.Send(new ReadDraft(pass)))!.Filed is { } done)
                filed.Add(pass.Id, done);
        }

        return await door.Read(async db =>
        {
            await db.ShouldHoldTogetherAsync();
            var reports = await db.Reports.Select(r => new { r.Number, r.Id }).ToListAsync();
            return new Books(
                filed,
                reports.Where(r => !staged.Contains(r.Number)).ToDictionary(r => r.Number, r => r.Id),
                (await db.Reports.SelectMany(r => r.Timeline, (r, e) => new { r.Id, e.Act }).ToListAsync()).ToLookup(e => e.Id, e => e.Act),
                await db.RewardClaims.AsNoTracking().ToDictionaryAsync(c => c.Id),
                await db.RewardFunds.AsNoTracking().SingleAsync(),
                await db.Counters.Where(c => c.Name.StartsWith("reports/")).SumAsync(c => c.Value),
                (await db.Audit.Where(a => !a.Refused).Select(a => new { a.Act, a.ReportId }).ToListAsync()).ToLookup(a => a.Act, a => a.ReportId));
        });
    }

    public int Accepted(string number) => Timeline[Reports[number]].Count(act => act == nameof(ReportAction.Accept));

    /// <summary>Each whole: what was saved half would show here.</summary>
    public void ShouldBalance(int drafts)
    {
        Reports.Count.ShouldBeLessThanOrEqualTo(drafts);
        Counter.ShouldBe(Reports.Count, "running numbers without a gap or a double");
        Claims.Values.Count(c => Reports.TryGetValue(c.Number, out var report) && report == c.ReportId).ShouldBe(Reports.Count);
        foreach (var report in Reports.Values)
        {
            Timeline[report].Count(act => act == "File").ShouldBe(1);
            Timeline[report].Count(act => act == nameof(ReportAction.Accept)).ShouldBe(Audit[nameof(AcceptReport)].Count(id => id == report));
        }

        Audit[nameof(Report12350.Rewards.CastVote)].Count().ShouldBe(Claims.Values.Sum(c => c.Votes.Count));
        Audit[nameof(Report12350.Rewards.PayReward)].Count().ShouldBe(Claims.Values.Count(c => c.State is RewardState.Paid));
        foreach (var claim in Claims.Values.Where(c => c.Votes.Count == 3))
            claim.VoteClosedAt.ShouldNotBeNull("the last vote closes it in the same transaction");
        Fund.Committed.ShouldBe(Claims.Values.Where(c => Committed.Contains(c.State)).Sum(c => c.Amount!.Value));
        Fund.Paid.ShouldBe(Claims.Values.Where(c => c.State is RewardState.Paid).Sum(c => c.Amount!.Value));
    }
}

/// <summary>What SQLite and the outbox can be asked of.</summary>
internal static class Wholeness
{
    public static async Task ShouldHoldTogetherAsync(this ReportsDbContext db)
    {
        (await db.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync()).ShouldBe(["ok"]);
        (await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS Value FROM pragma_foreign_key_check").ToListAsync()).ShouldBeEmpty();
        var reports = await db.Reports.Select(r => r.Id).ToListAsync();
        (await db.ReportKeys.Where(k => k.Purpose == KeyPurpose.Content).Select(k => k.ReportId).Distinct().CountAsync())
            .ShouldBe(await db.Reports.CountAsync(r => r.LeadDepartment == null), "every report filed can be opened by the dispatchers");
        var waiting = await db.Outbox.AsNoTracking().ToListAsync();
        foreach (var message in waiting)
        {
            message.ParkedAt.ShouldBeNull();
            reports.ShouldContain(new ReportId(System.Text.Json.JsonDocument.Parse(message.Content).RootElement.GetProperty("Report").GetGuid()));
        }
    }
}
