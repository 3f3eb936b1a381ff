using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Duplicates;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Retention;
using Report12350.Tests.Confidentiality;
using Report12350.Tests.Hosting;
using Report12350.Tests.Reports;
using Report12350.Tests.Retention;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;
using Report12350.Tracking;

namespace Report12350.Tests.Duplicates;

/// <summary>疑似重复: found without opening, seen side by side, linked or merged.</summary>
public abstract class FindDuplicatesTests(ReportApplication app)
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<ReportApplication, int> Used = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_told_of_the_same_event_is_found_and_not_opened()
    {
        var (one, other) = await FileTwoAsync();

        var found = await FindAsync(one);
        var line = found.Where(d => d.Number == other.Number).ShouldHaveSingleItem();
        (line.Number, line.SameUnit, line.ProbablySame).ShouldBe((other.Number, true, true));
        (await FindAsync(other)).ShouldContain(d => d.Number == one.Number);
        (await OpeningsAsync(one)).ShouldBe(0);
        (await OpeningsAsync(other)).ShouldBe(0);
    }

    [Fact]
    public async Task Another_event_at_the_unit_is_shown_as_the_units_and_another_unit_is_not_shown()
    {
        var pair = Next();
        var one = await FileAsync(pair.One);
        var related = await FileAsync(new ReportAnswers { Town = pair.One.Town, Unit = pair.Other.Unit, Narrative = "昨天夜里老板叫人把围墙推倒，砸到路过的学生，没有报警。" });
        await FileAsync(new ReportAnswers { Town = pair.One.Town, Unit = "毫不相干商行", Narrative = "货架太高，搬运的时候整排倒下来，店员躲开了。" });

        var line = (await FindAsync(one)).Where(d => d.Number == related.Number).ShouldHaveSingleItem();
        (line.Number, line.SameUnit, line.ProbablySame).ShouldBe((related.Number, true, false));
    }

    [Fact]
    public async Task Only_a_dispatcher_looks_for_them()
    {
        var (one, _) = await FileTwoAsync();
        foreach (var role in Enum.GetValues<Role>().Except([Role.Dispatcher]))
        {
            var person = await app.As(role);
            await Should.ThrowAsync<NotPermittedException>(person.Send(new FindDuplicates(one.Id)));
            (await app.Read(db => db.Audit.AnyAsync(e => e.StaffId == person.Id && e.Refused && e.Act == nameof(FindDuplicates), Token))).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Reports_this_person_holds_no_key_of_are_not_named()
    {
        var (one, other) = await FileTwoAsync();
        await app.Read(db => db.ReportKeys.Where(k => k.ReportId == other.Id).ExecuteDeleteAsync(Token));

        (await FindAsync(one)).ShouldNotContain(d => d.Number == other.Number);
    }

    [Fact]
    public async Task What_was_merged_is_no_longer_a_candidate()
    {
        var (one, other) = await FileTwoAsync();
        await app.MergeAsync(other, one);

        (await FindAsync(one)).ShouldNotContain(d => d.Number == other.Number);
        (await FindAsync(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Linked_reports_name_each_other_to_staff_and_to_nobody_else()
    {
        var (one, other) = await FileTwoAsync();
        await LinkAsync(one, other.Number);

        (await LinksAsync(one)).ShouldBe([other.Number]);
        (await LinksAsync(other)).ShouldBe([one.Number]);
        (await app.ReportAsync(one.Id)).State.ShouldBe(ReportState.Received);
        (await app.ReportAsync(one.Id)).Timeline.Single(e => e.Act == nameof(ReportAction.Link)).ShouldSatisfyAllConditions(e => e.ForReporter.ShouldBeFalse(), e => e.Fact.ShouldBeNull());
        (await app.Read(db => db.Audit.CountAsync(e => e.Act == nameof(LinkReport) && (e.ReportId == one.Id || e.ReportId == other.Id) && !e.Refused, Token))).ShouldBe(2);
        using var reporter = await app.ReporterAsync(one);
        var page = await reporter.ReadAsync("/track/report");
        page.ShouldNotContain(other.Number);
        page.ShouldNotContain("关联");
    }

    [Fact]
    public async Task A_report_is_linked_once_to_another_that_there_is()
    {
        var (one, other) = await FileTwoAsync();
        await ShouldRefuse("rule.LinkToItself", () => LinkAsync(one, one.Number));
        await ShouldRefuse("rule.NoSuchReport", () => LinkAsync(one, "20269999999"));
        await LinkAsync(one, other.Number);
        await ShouldRefuse("rule.LinkedAlready", () => LinkAsync(one, other.Number));
        await ShouldRefuse("rule.LinkedAlready", () => LinkAsync(other, one.Number));
    }

    [Fact]
    public async Task Side_by_side_opens_both_and_the_audit_and_both_reporters_know()
    {
        var pair = Next();
        var (one, other) = (await FileAsync(pair.One), await FileAsync(pair.Other));
        using var browser = app.BrowserOf(await app.As(Role.Dispatcher));
        var page = WebUtility.HtmlDecode(await browser.ReadAsync($"/staff/reports/{other.Number}/beside/{one.Number}"));

        foreach (var filed in new[] { one, other })
        {
            page.ShouldContain(filed == one ? pair.One.Narrative! : pair.Other.Narrative!);
            (await OpeningsAsync(filed)).ShouldBeGreaterThan(0);
            using var reporter = await app.ReporterAsync(filed);
            WebUtility.HtmlDecode(await reporter.ReadAsync("/track/report")).ShouldContain("安委办");
        }
    }

    [Fact]
    public async Task The_later_joins_the_earlier_from_whichever_side_the_page_was_opened_and_its_reporter_follows()
    {
        var (earlier, later) = await FileTwoAsync();
        var browser = app.BrowserOf(await app.As(Role.Dispatcher));
        foreach (var path in new[] { $"/staff/reports/{later.Number}/beside/{earlier.Number}", $"/staff/reports/{earlier.Number}/beside/{later.Number}" })
        {
            var page = await browser.ReadAsync(path);
            page.ShouldContain($"/staff/reports/{later.Number}?handler=Merge");
            page.ShouldNotContain($"/staff/reports/{earlier.Number}?handler=Merge");
        }

        var answer = await browser.SendFormAsync(
            $"/staff/reports/{earlier.Number}/beside/{later.Number}",
            [("Version", $"{await app.VersionAsync(later.Id)}"), ("Form.Merge.Into", earlier.Number)], $"/staff/reports/{later.Number}?handler=Merge");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.ReportAsync(later.Id)).MergedInto.ShouldBe(earlier.Id);
        await app.AcceptAsync(earlier);
        using var reporter = await app.ReporterAsync(later);
        var tracking = WebUtility.HtmlDecode(await reporter.ReadAsync("/track/report"));
        tracking.ShouldContain("和另一件举报说的是同一件事，合在一起办理。");
        tracking.ShouldContain("已受理");
        tracking.ShouldNotContain(earlier.Number);
        (await browser.ReadAsync($"/staff/reports/{earlier.Number}/beside/{later.Number}")).ShouldNotContain("handler=Merge");
    }

    [Fact]
    public async Task A_stranger_to_one_of_the_two_sees_neither()
    {
        var (one, hands) = await app.NewCaseAsync();
        var (other, _) = await app.NewCaseAsync();
        await hands.ReferredAsync();
        using var browser = app.BrowserOf(await hands.Officer);
        var answer = await browser.GetAsync($"/staff/reports/{one.Number}/beside/{other.Number}", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.TextAsync()).ShouldNotContain(other.Number);
        (await browser.GetAsync($"/staff/reports/{one.Number}/beside/{one.Number}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_fingerprint_altered_or_exchanged_is_named_and_the_rest_still_compared()
    {
        var (one, other) = await FileTwoAsync();
        var rows = await app.Read(db => db.Fingerprints.AsNoTracking().Where(f => f.ReportId == one.Id || f.ReportId == other.Id).ToListAsync(Token));
        foreach (var at in new[] { (Index)0, 2, 8, 40, ^1 })
        {
            var (whole, flipped) = (rows[0].SealedFingerprint, SealedColumns.Flipped(rows[0].SealedFingerprint, at.GetOffset(rows[0].SealedFingerprint.Length)));
            await app.ReplaceAsync("Fingerprints", "SealedFingerprint", whole, flipped);
            (await ReadAnewAsync(rows[1].ReportId)).Broken.ShouldBe([rows[0].Number]);
            await app.ReplaceAsync("Fingerprints", "SealedFingerprint", flipped, whole);
        }

        await app.SwapAsync("Fingerprints", "SealedFingerprint", rows[0].SealedFingerprint, rows[1].SealedFingerprint);
        (await ReadAnewAsync(rows[1].ReportId)).Broken.ShouldBe(rows.Select(r => r.Number).Order());
        await app.SwapAsync("Fingerprints", "SealedFingerprint", rows[1].SealedFingerprint, rows[0].SealedFingerprint);
        (await ReadAnewAsync(rows[1].ReportId)).ShouldSatisfyAllConditions(r => r.Broken.ShouldBeEmpty(), r => r.Alike.ShouldNotBeEmpty());
    }

    [Fact]
    public async Task What_is_erased_leaves_the_memory_too()
    {
        var (one, other) = await FileTwoAsync();
        using var open = new OpenFingerprints(app.Services.GetRequiredService<Fingerprints>(), app.Time);
        (await app.Read(db => open.LikeAsync(db, other.Id, 5, Token))).Alike.ShouldContain(like => like.Report == one.Id);

        await Handling.DeclineAsync(app, one, DeclineReason.NoTargetOrFacts, "地点找不到。");
        await (await app.As(Role.Dispatcher)).Send(new AskErasure(one.Id, ErasureReason.EnteredByMistake));
        await (await app.As(Role.Supervisor)).Send(new ConfirmErasure(one.Id));
        await app.Run().FinishAsync(Token);

        (await app.Read(db => open.LikeAsync(db, other.Id, 5, Token))).Alike.ShouldNotContain(like => like.Report == one.Id);
    }

    /// <summary>As after a start.</summary>
    private async Task<(IReadOnlyList<Like> Alike, IReadOnlyList<string> Broken)> ReadAnewAsync(ReportId report)
    {
        using var open = new OpenFingerprints(app.Services.GetRequiredService<Fingerprints>(), app.Time);
        return await app.Read(db => open.LikeAsync(db, report, 5, Token));
    }

    private async Task<IReadOnlyList<Duplicate>> FindAsync(Filed filed) => (await (await app.As(Role.Dispatcher)).Send(new FindDuplicates(filed.Id))).Found;

    private async Task LinkAsync(Filed filed, string to) =>
        await Handling.ActAsync(app, await app.As(Role.Dispatcher), filed, (opened, version) => new LinkReport(opened, version, to));

    private async Task<IReadOnlyList<string?>> LinksAsync(Filed filed) =>
        [.. (await (await app.As(Role.Dispatcher)).Send(new ReadCase(filed.Number))).Timeline.Where(e => e.Act == nameof(ReportAction.Link)).Select(e => e.Text)];

    private Task<int> OpeningsAsync(Filed filed) => app.Read(db => db.Audit.CountAsync(e => e.ReportId == filed.Id && e.Act == "OpenReport", Token));

    private async Task<(Filed One, Filed Other)> FileTwoAsync()
    {
        var pair = Next();
        return (await FileAsync(pair.One), await FileAsync(pair.Other));
    }

    private Task<Filed> FileAsync(ReportAnswers answers) => app.FileAsync(content =>
        (content.Answers.Town, content.Answers.Unit, content.Answers.Narrative) = (answers.Town, answers.Unit, answers.Narrative));

    /// <summary>Another event each time.</summary>
    private Pair Next() => Pair.All.Where(pair => pair.Same).ElementAt(Used.AddOrUpdate(app, 0, (_, used) => used + 1));

    private static async Task ShouldRefuse(string code, Func<Task> act) => (await Should.ThrowAsync<RuleBrokenException>(act)).Code.ShouldBe(code);
}

public sealed class FindDuplicatesOnSqliteTests(SqliteApplication app) : FindDuplicatesTests(app), IClassFixture<SqliteApplication>;

public sealed class FindDuplicatesOnPostgresTests(PostgresApplication app) : FindDuplicatesTests(app), IClassFixture<PostgresApplication>;
