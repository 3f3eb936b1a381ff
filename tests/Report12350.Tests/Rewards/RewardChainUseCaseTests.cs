using Microsoft.EntityFrameworkCore;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;

namespace Report12350.Tests.Rewards;

/// <summary>One reward after another through the use cases, each act by the person whose act it is.</summary>
public abstract class RewardChainUseCaseTests(ReportApplication app)
{
    [Fact]
    public async Task A_reward_goes_all_the_way_to_the_payment()
    {
        var staged = await app.StageAsync();
        var (officer, cashier) = (await app.As(Role.RewardOfficer), await app.As(Role.Cashier));
        await officer.Send(app, staged.Claim, v => new AssessReward(staged.Claim, v));
        await officer.Send(app, staged.Claim, v => new ProposeReward(staged.Claim, v, EffectivePenalty: 50_000));
        await officer.Send(app, staged.Claim, v => new OpenVote(staged.Claim, v));
        foreach (var member in await MembersAsync())
            await member.Send(new CastVote(staged.Claim, Ballot.Approve, "同意"));
        var before = await app.FundAsync();
        if ((await app.ClaimAsync(staged.Claim)).State is RewardState.Voting)
            (await officer.Send(app, staged.Claim, v => new CloseVote(staged.Claim, v))).ShouldBeTrue();
        await officer.Send(app, staged.Claim, v => new NotifyClaimant(staged.Claim, v));
        var check = await app.Send(new CheckClaimCode(staged.Number, staged.ClaimCode));
        (await app.Send(new ReadClaim(check.Proof!))).Amount.ShouldBe(7500);
        await app.Send(new ClaimReward(check.Proof!, RewardStage.Payee));
        (await cashier.Send(new ReadPayment(staged.Number))).Payee.ShouldBe(RewardStage.Payee);
        await cashier.Send(app, staged.Claim, v => new PayReward(staged.Claim, v));

        var claim = await app.ClaimAsync(staged.Claim);
        claim.State.ShouldBe(RewardState.Paid);
        claim.SealedPayee.ShouldBeNull();
        (await cashier.Send(new ReadPayment(staged.Number))).Payee.ShouldBeNull();
        (await app.FundAsync()).Paid.ShouldBe(before.Paid + 7500);
        (await cashier.Send(new ExportPayments(2026))).ShouldContain($"{staged.Number},7500.00,2026-03-02\r\n");
        var acts = await app.Read(db => db.Audit.Where(a => a.ReportId == staged.Report).Select(a => a.Act).ToListAsync());
        acts.ShouldBeSubsetOf(["AssessReward", "ProposeReward", "OpenVote", "CastVote", "CloseVote", "NotifyClaimant", "ReadPayee", "PayReward"]);
        acts.ShouldContain("ReadPayee");
    }

    [Fact]
    public async Task The_arithmetic_shows_inputs_rule_steps_and_the_clamp()
    {
        var staged = await app.StageAsync(new Staging { Reporter = ReporterKind.Employee, Until = RewardState.Eligible });
        var officer = await app.As(Role.RewardOfficer);
        await officer.Send(app, staged.Claim, v => new ProposeReward(staged.Claim, v, EffectivePenalty: 5_000_000));
        var file = await officer.Send(new ReadReward(staged.Number));
        file.Amount.ShouldBe(300_000);
        file.Arithmetic!.Basis.EffectivePenalty.ShouldBe(5_000_000);
        file.Arithmetic.Steps.Select(s => s.Key).ShouldBe(["reward.step.penalty", "reward.step.uplift", "reward.step.cap"]);
        (await app.ClaimAsync(staged.Claim)).Arithmetic!.ShouldNotContain("Employee");
    }

    [Fact]
    public async Task A_wrong_basis_is_refused_and_nothing_is_proposed()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Eligible });
        var officer = await app.As(Role.RewardOfficer);
        await ShouldRefuse("rule.RewardBasisIncomplete", () => officer.Send(app, staged.Claim, v => new ProposeReward(staged.Claim, v, ConcealedDeaths: 1)));
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.Eligible);
    }

    [Fact]
    public async Task What_was_not_substantiated_is_not_eligible_and_can_be_ruled_out()
    {
        var staged = await app.StageAsync(new Staging { Finding = Finding.Unsubstantiated });
        var officer = await app.As(Role.RewardOfficer);
        await ShouldRefuse("rule.RewardNotSubstantiated", () => officer.Send(app, staged.Claim, v => new AssessReward(staged.Claim, v)));
        await ShouldRefuse("rule.IneligibleNeedsReason", () => officer.Send(app, staged.Claim, v => new RuleOutReward(staged.Claim, v, [])));
        await officer.Send(app, staged.Claim, v => new RuleOutReward(staged.Claim, v, [IneligibleReason.NotSubstantiated]));
        await ShouldRefuse("rule.ReopenNeedsOverturn", () => officer.Send(app, staged.Claim, v => new ReopenReward(staged.Claim, v)));
        await app.Read(db => db.Reports.Where(r => r.Id == staged.Report).ExecuteUpdateAsync(r => r.SetProperty(x => x.VerificationRound, 2)));
        await officer.Send(app, staged.Claim, v => new ReopenReward(staged.Claim, v));
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.Pending);
    }

    [Fact]
    public async Task The_later_report_of_a_matter_gets_nothing()
    {
        var matter = await StageMatterAsync(2);
        var officer = await app.As(Role.RewardOfficer);
        await ShouldRefuse("rule.NotFirstAccepted", () => officer.Send(app, matter[1].Claim, v => new AssessReward(matter[1].Claim, v)));
        (await officer.Send(new ReadReward(matter[1].Number))).FirstAccepted.ShouldBeFalse();
        await officer.Send(app, matter[0].Claim, v => new AssessReward(matter[0].Claim, v));
    }

    [Fact]
    public async Task An_act_on_what_has_changed_is_stale()
    {
        var staged = await app.StageAsync();
        var officer = await app.As(Role.RewardOfficer);
        var version = (await app.ClaimAsync(staged.Claim)).Version;
        await officer.Send(new AssessReward(staged.Claim, version));
        await Should.ThrowAsync<StaleException>(() => officer.Send(new ProposeReward(staged.Claim, version)));
    }

    [Fact]
    public async Task Nobody_acts_outside_their_role()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Claimed });
        var (officer, cashier, verifier) = (await app.As(Role.RewardOfficer), await app.As(Role.Cashier), await app.As(Role.Officer, "zjj"));
        await Should.ThrowAsync<NotPermittedException>(() => officer.Send(app, staged.Claim, v => new PayReward(staged.Claim, v)));
        await Should.ThrowAsync<NotPermittedException>(() => officer.Send(new ReadPayment(staged.Number)));
        await Should.ThrowAsync<NotPermittedException>(() => cashier.Send(new ReadReward(staged.Number)));
        await Should.ThrowAsync<NotPermittedException>(() => verifier.Send(new ReadReward(staged.Number)));
        await Should.ThrowAsync<NotPermittedException>(() => officer.Send(new AllotFund(2026, 1)));
    }

    [Fact]
    public async Task The_dossier_opens_for_officer_and_committee_and_holds_no_word_of_the_reporter()
    {
        var staged = await app.StageAsync(new Staging { Reporter = ReporterKind.Informant });
        var member = (await MembersAsync())[0];
        var dossier = (await member.Send(new ReadReward(staged.Number))).Dossier!;
        dossier.Facts.ShouldContain("液化气瓶");
        dossier.Reporter.ShouldBe(ReporterKind.Informant);
        System.Text.Json.JsonSerializer.Serialize(dossier).ShouldNotContain("原话");
        (await app.Read(db => db.ReportKeys.Where(k => k.ReportId == staged.Report).Select(k => k.GroupId).ToListAsync()))
            .ShouldBe(["role:committee", "role:reward"], ignoreOrder: true);
        var audited = await app.Read(db => db.Audit.AnyAsync(a => a.ReportId == staged.Report && a.Act == "ReadDossier" && a.StaffId == member.Id));
        audited.ShouldBeTrue();
    }

    [Fact]
    public async Task The_conclusion_writes_the_dossier_where_a_reward_is_wanted()
    {
        var wanted = await app.FileAsync(content => content.Answers.Reporter = ReporterKind.Informant, claimCode: "12345 67890");
        var unwanted = await app.FileAsync();
        foreach (var filed in new[] { wanted, unwanted })
        {
            await app.BeginVerificationAsync(filed);
            await app.ConcludeAsync(filed, Finding.Substantiated);
        }

        var dossier = (await (await app.As(Role.RewardOfficer)).Send(new ReadReward(wanted.Number))).Dossier!;
        (dossier.Facts, dossier.FoundKind, dossier.Department, dossier.Reporter).ShouldBe(("现场看过了。", MatterKind.GeneralHazard, "zjj", ReporterKind.Informant));
        (await app.Read(db => db.RewardClaims.SingleAsync(c => c.ReportId == unwanted.Id))).SealedDossier.ShouldBeNull();
    }

    [Fact]
    public async Task Suspended_with_a_reason_it_resumes_to_be_proposed_anew()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Proposed });
        var officer = await app.As(Role.RewardOfficer);
        await officer.Send(app, staged.Claim, v => new SuspendReward(staged.Claim, v, "处罚已提起行政复议"));
        await officer.Send(app, staged.Claim, v => new ResumeReward(staged.Claim, v, "复议维持"));
        var file = await officer.Send(new ReadReward(staged.Number));
        file.State.ShouldBe(RewardState.Eligible);
        file.Dossier!.Notes.Select(n => n.Text).ShouldBe(["处罚已提起行政复议", "复议维持"]);
    }

    [Fact]
    public async Task Those_who_accepted_or_verified_do_not_pay()
    {
        var cashier = await app.As(Role.Cashier);
        var staged = await app.StageAsync(new Staging { Verifier = cashier.Id, Until = RewardState.Claimed });
        (await cashier.Send(new ReadPayment(staged.Number))).ShouldSatisfyAllConditions(p => p.Excluded.ShouldBeTrue(), p => p.Payee.ShouldBeNull());
        await ShouldRefuse("rule.PayerMustBeAnother", () => cashier.Send(app, staged.Claim, v => new PayReward(staged.Claim, v)));
    }

    [Fact]
    public async Task At_the_counter_number_and_code_are_shown_again()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        var check = await app.Send(new CheckClaimCode(staged.Number, staged.ClaimCode));
        await app.Send(new ClaimReward(check.Proof!, Payee: null));
        var cashier = await app.As(Role.Cashier);
        await ShouldRefuse("rule.CounterNeedsClaimCode", () => cashier.Send(app, staged.Claim, v => new PayReward(staged.Claim, v)));
        await cashier.Send(app, staged.Claim, v => new PayReward(staged.Claim, v, check.Proof));
        (await app.ClaimAsync(staged.Claim)).PaidBy.ShouldBe(cashier.Id);
    }

    [Fact]
    public async Task The_fund_is_not_cut_below_what_is_promised()
    {
        await app.StageAsync(new Staging { Until = RewardState.Approved });
        await ShouldRefuse("rule.FundBelowCommitted", () => app.AllotAsync(1));
    }

    [Theory]
    [InlineData("20265000017", "20265000017")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@a,b", "\"'@a,b\"")]
    [InlineData(" -1", "' -1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    public void An_exported_cell_is_never_a_formula(string value, string cell) => Csv.Cell(value).ShouldBe(cell);

    private async Task<IReadOnlyList<StaffHands>> MembersAsync() =>
        [await app.As(Role.CommitteeMember, "awb", "1"), await app.As(Role.CommitteeMember, "awb", "2"), await app.As(Role.CommitteeMember, "awb", "3")];

    private async Task<IReadOnlyList<Staged>> StageMatterAsync(int count)
    {
        var reports = await app.StageAsync(count);
        await app.JoinMatterAsync(reports);
        return reports;
    }

    private static async Task ShouldRefuse(string code, Func<Task> act) => (await Should.ThrowAsync<RuleBrokenException>(act)).Code.ShouldBe(code);
}

public sealed class RewardChainUseCaseOnSqliteTests(SqliteApplication app) : RewardChainUseCaseTests(app), IClassFixture<SqliteApplication>;

public sealed class RewardChainUseCaseOnPostgresTests(PostgresApplication app) : RewardChainUseCaseTests(app), IClassFixture<PostgresApplication>;
