using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Routing;
using Report12350.Tests.Hosting;
using Report12350.Tests.Rewards;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;
using Report12350.Tracking;
using Report12350.Verification;
using Report12350.Worklist;

namespace Report12350.Tests.Conflicts;

/// <summary>利害关系回避: who is named in a report or tied to the unit neither sees it nor is given it.</summary>
public abstract class ConflictBlockTests(ReportApplication app)
{
    private const string Word = "煤气瓶";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_kept_out_neither_sees_nor_opens_nor_does_anything_and_each_try_is_audited()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var version = await hands.Version;
        await (await hands.Officer).Send(filed.Id, o => new AddStaffEvidence(o, version, Domain.Evidence.EvidencePurpose.Verification, [CaseHands.Photo()]));
        var kin = await hands.Reviewer;
        (await NumbersAsync(kin, Shelf.Department)).ShouldContain(filed.Number);
        var file = (await kin.Send(new ReadCase(filed.Number))).Files[0].Id;

        await BlockAsync(hands, await hands.Dispatcher, kin);

        foreach (var shelf in Enum.GetValues<Shelf>())
            (await NumbersAsync(kin, shelf)).ShouldNotContain(filed.Number);
        (await (await app.BrowserOf(kin).GetAsync($"/staff?number={filed.Number}", Token)).TextAsync()).ShouldNotContain($"/staff/reports/{filed.Number}");
        await Should.ThrowAsync<NotPermittedException>(() => kin.Send(new ReadCase(filed.Number)));
        await Should.ThrowAsync<NotPermittedException>(() => kin.Send(new ReadEvidence(file)));
        version = await hands.Version;
        await Should.ThrowAsync<NotPermittedException>(() => kin.Send(filed.Id, o => new AddNote(o, version, "x")));
        using var browser = app.BrowserOf(kin);
        var page = await browser.GetAsync($"/staff/reports/{filed.Number}", Token);
        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await page.TextAsync()).ShouldNotContain(Word);
        (await app.Read(db => db.Audit.CountAsync(a => a.StaffId == kin.Id && a.ReportId == filed.Id && a.Refused, Token))).ShouldBe(4);
        (await (await hands.Officer).Send(new ReadCase(filed.Number))).Answers.Narrative!.ShouldContain(Word);
    }

    [Fact]
    public async Task Who_steps_aside_while_verifying_leaves_it_to_another_who_records_anew()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var (kin, other) = (await hands.Officer, await hands.Reviewer);
        var version = await hands.Version;
        await kin.Send(filed.Id, o => new RecordVerification(o, version, hands.Record()));
        version = await hands.Version;

        var answer = await app.BrowserOf(kin).SendFormAsync(
            $"/staff/reports/{filed.Number}", [("Version", $"{version}"), ("Form.DeclareConflict.Reason", "老板是我表哥。")], $"/staff/reports/{filed.Number}?handler=DeclareConflict");

        answer.Headers.Location!.ToString().ShouldBe("/staff");
        await Should.ThrowAsync<NotPermittedException>(() => kin.Send(new ReadCase(filed.Number)));
        version = await hands.Version;
        (await Should.ThrowAsync<RuleBrokenException>(() => other.Send(filed.Id, o => new ConcludeVerification(o, version, Finding.Substantiated, MatterKind.MajorHazard, "属实"))))
            .Code.ShouldBe("rule.VerificationRecordMissing");
        await hands.ConcludeAsync(other, Finding.Substantiated);
        (await app.ReportAsync(filed.Id)).VerifiedBy.ShouldBe(other.Id);
        var tracked = await (await app.ReporterAsync(filed)).ReadAsync("/track/report");
        tracked.ShouldContain("一名工作人员自行回避");
        tracked.ShouldNotContain("表哥");
    }

    [Fact]
    public async Task A_departments_lead_keeps_out_their_own_people_only()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var (lead, own, stranger) = (await hands.Lead, await hands.Reviewer, await app.As(Role.Officer, "scjgj"));

        (await Should.ThrowAsync<RuleBrokenException>(() => BlockAsync(hands, lead, stranger))).Code.ShouldBe("rule.OnlyOwnPeople");
        await BlockAsync(hands, lead, own);

        await Should.ThrowAsync<NotPermittedException>(() => own.Send(new ReadCase(filed.Number)));
        (await lead.Send(new ReadCase(filed.Number))).Colleagues.ShouldAllBe(c => c.Department == CaseHands.Gas);
        (await (await hands.Officer).Send(new ReadCase(filed.Number))).Colleagues.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dispatcher_whom_the_reporter_names_never_sees_it_and_another_reads_the_request_first()
    {
        var (first, named) = (await app.As(Role.Dispatcher), await app.As(Role.Dispatcher, person: "named"));
        var (filed, _) = await app.NewCaseAsync(c => c.Answers.KeepFrom = $"安委办的 {named.Name} 是老板的姐夫");

        (await NumbersAsync(named, Shelf.Mine)).ShouldNotContain(filed.Number);
        await Should.ThrowAsync<NotPermittedException>(() => named.Send(new ReadCase(filed.Number)));
        var page = await app.BrowserOf(first).ReadAsync($"/staff/reports/{filed.Number}");
        page.ShouldContain("举报人请求这些人回避");
        page.ShouldContain("是老板的姐夫");
    }

    [Fact]
    public async Task Somebody_is_always_left_to_dispatch()
    {
        var dispatchers = await app.Read(db => db.Staff.Where(m => m.Active).ToListAsync(Token));
        var all = string.Join('、', dispatchers.Where(m => m.Roles.Contains(Role.Dispatcher)).Select(m => m.DisplayName).Append((await app.As(Role.Dispatcher)).Name));
        var (filed, hands) = await app.NewCaseAsync(c => c.Answers.KeepFrom = all[..Math.Min(all.Length, 200)]);

        (await (await hands.Dispatcher).Send(new ReadCase(filed.Number))).Answers.KeepFrom.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_department_all_of_whose_officers_are_kept_out_is_not_given_the_report()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.AcceptedAsync();
        await app.As(Role.Officer, "sthj");
        foreach (var officer in (await (await hands.Dispatcher).Send(new ReadCase(filed.Number))).Colleagues.Where(c => c.Department == "sthj"))
        {
            var at = await hands.Version;
            await (await hands.Dispatcher).Send(filed.Id, o => new BlockOfficer(o, at, officer.Id, "都是被举报单位的股东。"));
        }

        var version = await hands.Version;
        (await Should.ThrowAsync<RuleBrokenException>(async () => await (await hands.Dispatcher).Send(filed.Id, o => new ReferReport(o, version, "sthj", [], "归它管。"))))
            .Code.ShouldBe("rule.DepartmentInConflict");
        await (await hands.Dispatcher).Send(filed.Id, o => new ReferReport(o, version, CaseHands.Gas, [], "它的人都要回避。"));
    }

    [Fact]
    public async Task A_block_goes_with_the_matter_when_reports_are_joined_and_can_be_lifted()
    {
        var (leading, lead) = await app.NewCaseAsync();
        await lead.VerifyingAsync();
        var (joined, hands) = await app.NewCaseAsync();
        await hands.AcceptedAsync();
        var kin = await lead.Officer;
        await BlockAsync(hands, await hands.Dispatcher, kin);
        await kin.Send(new ReadCase(leading.Number));

        await (await hands.Dispatcher).Send(new MergeReport(joined.Id, await hands.Version, leading.Number));

        await Should.ThrowAsync<NotPermittedException>(() => kin.Send(new ReadCase(leading.Number)));
        (await app.ReportAsync(leading.Id)).Officer.ShouldBeNull();
        await lead.ConcludeAsync(await lead.Reviewer, Finding.Substantiated);
        var version = await lead.Version;
        await (await lead.Dispatcher).Send(leading.Id, o => new LiftBlock(o, version, kin.Id, "查过,没有关系。"));
        (await kin.Send(new ReadCase(leading.Number))).Report.Number.ShouldBe(leading.Number);
    }

    [Fact]
    public async Task Who_is_kept_out_joins_nothing_to_the_report()
    {
        var (kept, hands) = await app.NewCaseAsync();
        var (own, other) = await app.NewCaseAsync();
        var kin = await app.As(Role.Dispatcher, person: "kin");
        await BlockAsync(hands, await hands.Dispatcher, kin);

        (await Should.ThrowAsync<RuleBrokenException>(async () => await kin.Send(new MergeReport(own.Id, await other.Version, kept.Number)))).Code.ShouldBe("rule.NoSuchReport");
    }

    [Fact]
    public async Task The_reward_is_shut_too()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Voting });
        var hands = app.Case(staged.Report);
        var (member, cashier) = (await app.As(Role.CommitteeMember, person: "kin"), await app.As(Role.Cashier, person: "kin"));
        await app.Read(async db =>
        {
            var matter = await db.Reports.Where(r => r.Id == staged.Report).Select(r => r.MatterId).SingleAsync();
            foreach (var kin in new[] { member, cashier })
                db.ConflictBlocks.Add(new ConflictBlock { MatterId = matter, Person = app.Services.GetRequiredService<ConflictMarks>().Of(kin.Id) });
            return await db.SaveChangesAsync();
        });

        (await member.Send(new ListRewards(RewardTab.Voting))).Lines.ShouldNotContain(l => l.Number == staged.Number);
        await Should.ThrowAsync<NotPermittedException>(() => member.Send(new ReadReward(staged.Number)));
        await Should.ThrowAsync<NotPermittedException>(() => member.Send(new CastVote(staged.Claim, Ballot.Approve)));
        await Should.ThrowAsync<NotPermittedException>(() => cashier.Send(new ReadPayment(staged.Number)));
        await Should.ThrowAsync<NotPermittedException>(async () => await cashier.Send(new PayReward(staged.Claim, (await app.ClaimAsync(staged.Claim)).Version)));
        (await app.Read(db => db.Audit.CountAsync(a => a.ReportId == hands.Report && a.Refused, Token))).ShouldBe(4);
    }

    [Fact]
    public async Task Whom_a_report_is_about_is_not_in_the_database()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var kin = await app.As(Role.Officer, CaseHands.Gas, "accused");
        await BlockAsync(hands, await hands.Dispatcher, kin);

        var blocks = await app.Read(db => db.ConflictBlocks.Where(b => b.MatterId == filed.Id.Value).ToListAsync(Token));
        blocks.ShouldHaveSingleItem().Person.ShouldNotBe(kin.Id.ToByteArray());
        (await app.ReportAsync(filed.Id)).Timeline.ShouldNotContain(e => e.StaffId == kin.Id || (e.Fact != null && e.Fact.Contains(kin.Name)));
        (await app.Read(db => db.Audit.CountAsync(a => a.ReportId == filed.Id && a.StaffId == kin.Id, Token))).ShouldBe(0);
    }

    private static async Task<IReadOnlyList<string>> NumbersAsync(StaffHands who, Shelf shelf) =>
        [.. (await who.Send(new ReadWorklist { Shelf = shelf })).Rows.Select(r => r.Number)];

    private static async Task BlockAsync(CaseHands hands, StaffHands by, StaffHands whom)
    {
        var version = await hands.Version;
        await by.Send(hands.Report, o => new BlockOfficer(o, version, whom.Id, "老板的亲属。"));
    }
}

public sealed class ConflictBlockOnSqliteTests(SqliteApplication app) : ConflictBlockTests(app), IClassFixture<SqliteApplication>;

public sealed class ConflictBlockOnPostgresTests(PostgresApplication app) : ConflictBlockTests(app), IClassFixture<PostgresApplication>;
