using System.Security.Cryptography;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Intake;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Rewards;

/// <summary>A reward whose report was concluded.</summary>
public sealed record Staged(ReportId Report, Guid Claim, string Number, string ClaimCode);

/// <summary>What a staged report is like where it matters to the reward.</summary>
public sealed record Staging
{
    public MatterKind FoundKind { get; init; } = MatterKind.MajorHazard;

    public Finding Finding { get; init; } = Finding.Substantiated;

    public ReporterKind Reporter { get; init; } = ReporterKind.Citizen;

    public Guid Acceptor { get; init; } = Guid.NewGuid();

    public Guid Verifier { get; init; } = Guid.NewGuid();

    /// <summary>How far the reward has come; past approval it holds its share of the fund of 2026.</summary>
    public RewardState Until { get; init; } = RewardState.Pending;
}

/// <summary>Puts concluded reports with their rewards on the stage, straight through the domain.</summary>
public static class RewardStage
{
    public const decimal Amount = 3000;
    private static int numbers = 500_000;

    public static async Task<Staged> StageAsync(this ReportApplication app, Staging? staging = null) => (await app.StageAsync(1, staging))[0];

    public static async Task<IReadOnlyList<Staged>> StageAsync(this ReportApplication app, int count, Staging? staging = null)
    {
        staging ??= new Staging();
        await app.AllotAsync(10_000_000);
        await using var scope = app.Services.CreateAsyncScope();
        return await StageAsync(scope.ServiceProvider, count, staging);
    }

    internal static async Task<IReadOnlyList<Staged>> StageAsync(IServiceProvider services, int count, Staging staging)
    {
        var db = services.GetRequiredService<ReportsDbContext>();
        var ring = services.GetRequiredService<KeyRing>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var deadlines = services.GetRequiredService<JurisdictionProfile>().DeadlinesOn(new DateOnly(2026, 3, 2));
        List<(Report Report, OpenedReport Opened, RewardClaim Claim, string Code)> made = [];
        for (var i = 0; i < count; i++)
        {
            var (report, opened) = ReportOf(now, deadlines, staging, services.GetRequiredService<EraseKeys>().Take().Id);
            var (id, code) = (Guid.CreateVersion7(now), ClaimCode.Suggest());
            var claim = new RewardClaim(id, report.Id, report.Number, wanted: true, count > 50 ? [1] : ClaimCode.Hash(code, id, ring), now);
            db.AddRange(report, claim);
            made.Add((report, opened, claim, code));
        }

        await db.SaveChangesAsync();
        foreach (var (report, opened, claim, _) in made)
        {
            await services.GetRequiredService<RewardDossiers>().WriteAsync(opened, report, "核查属实:楼梯间存放液化气瓶。", CancellationToken.None);
            await AdvanceAsync(services, claim, now, staging.Until);
        }

        await db.SaveChangesAsync();
        return [.. made.Select(m => new Staged(m.Report.Id, m.Claim.Id, m.Report.Number, m.Code))];
    }

    public static Task<RewardClaim> ClaimAsync(this ReportApplication app, Guid id) =>
        app.Read(db => db.RewardClaims.AsNoTracking().SingleAsync(c => c.Id == id));

    public static Task<RewardFund> FundAsync(this ReportApplication app) => app.Read(db => db.RewardFunds.AsNoTracking().SingleAsync(f => f.Year == 2026));

    public static async Task<int> AllotAsync(this ReportApplication app, decimal amount)
    {
        await (await app.As(Role.Dispatcher)).Send(new AllotFund(2026, amount));
        return 2026;
    }

    /// <summary>All of them report the same matter.</summary>
    public static Task<int> JoinMatterAsync(this ReportApplication app, IReadOnlyList<Staged> reports)
    {
        var (matter, ids) = (reports[0].Report.Value, reports.Select(r => r.Report).ToList());
        return app.Read(db => db.Reports.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(r => r.SetProperty(x => x.MatterId, matter)));
    }

    /// <summary>Acts on the reward as it stands now.</summary>
    internal static async Task<T> Send<T>(this StaffHands hands, ReportApplication app, Guid claim, Func<int, IRequest<T>> request) =>
        await hands.Send(request((await app.ClaimAsync(claim)).Version));

    private static (Report Report, OpenedReport Opened) ReportOf(DateTimeOffset now, DeadlinePolicy deadlines, Staging staging, string eraseKeyId)
    {
        var (id, key) = (ReportId.New(now), ContentKey.Generate());
        var digits = $"2026{Interlocked.Increment(ref numbers)}";
        var filing = new Filing(id, digits + Damm.CheckDigit(digits), Channel.Web, Anonymity.Anonymous, MatterKind.MajorHazard, "gas", "gongping", false, false, false);
        var content = key.SealJson(new ReportAnswers { Reporter = staging.Reporter, Narrative = "举报人的原话" }, Places.Content(id));
        var report = Report.File(filing, new FilingSeals(RandomNumberGenerator.GetBytes(32), [2], content, null, null, eraseKeyId), now, deadlines);
        var opened = new OpenedReport(id, key, byReporter: false);
        var acceptor = Actor.Staff(staging.Acceptor, Role.Dispatcher, "awb");
        var verifier = Actor.Staff(staging.Verifier, Role.Officer, "zjj");
        report.Accept(acceptor, now, deadlines);
        report.Refer(acceptor, new Referral("zjj", [], "test", ToCountyGovernment: false), null, now, deadlines);
        report.SignIn(verifier, now);
        report.RecordVerification(verifier, opened.SealText("笔录", now), now);
        report.Conclude(verifier, staging.Finding, staging.FoundKind, opened.SealText("结论", now), now, deadlines);
        return (report, opened);
    }

    private static async Task AdvanceAsync(IServiceProvider services, RewardClaim claim, DateTimeOffset now, RewardState until)
    {
        RewardState[] way = [RewardState.Eligible, RewardState.Proposed, RewardState.Voting, RewardState.Approved, RewardState.ClaimOpen, RewardState.Claimed];
        foreach (var state in way.TakeWhile(_ => claim.State != until))
        {
            switch (state)
            {
                case RewardState.Eligible: claim.Assess(Guid.NewGuid(), now); break;
                case RewardState.Proposed: claim.Propose(Guid.NewGuid(), new RewardCalculation("reward.rule.penalty", "test", [], Amount), "", now); break;
                case RewardState.Voting: OpenVote(claim, now, ballots: until is RewardState.Voting ? 0 : 3); break;
                case RewardState.Approved: await ApproveAsync(services, claim, now); break;
                case RewardState.ClaimOpen: claim.Notify(now.AddDays(60), now); break;
                default: claim.Claim(await PayeeAsync(services, claim), now); break;
            }
        }
    }

    private static void OpenVote(RewardClaim claim, DateTimeOffset now, int ballots)
    {
        claim.OpenVote(now);
        for (var i = 0; i < ballots; i++)
            claim.Vote(Guid.NewGuid(), Ballot.Approve, null, now);
    }

    private static async Task ApproveAsync(IServiceProvider services, RewardClaim claim, DateTimeOffset now)
    {
        claim.CloseVote(3, 0.5m, 2026, now).ShouldBeTrue();
        var fund = await services.GetRequiredService<ReportsDbContext>().RewardFunds.FindAsync(2026);
        fund!.Commit(Amount);
    }

    private static Task<byte[]> PayeeAsync(IServiceProvider services, RewardClaim claim) => services.GetRequiredService<GroupKeys>()
        .SealForGroupAsync(claim.ReportId, Groups.Cashiers, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Payee), Places.Payee(claim.Id), CancellationToken.None);

    public static readonly Payee Payee = new("陈某", "农村商业银行公平支行", "6217000000000000123");
}
