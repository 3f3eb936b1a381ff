using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Rectification;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Domain.Verification;
using Report12350.Messaging;
using Report12350.Retention;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tracking;

namespace Report12350.Tests.Retention;

/// <summary>What goes, when, and that nobody brings it back: not with every key of the staff, the receipt and an old copy of the database.</summary>
public abstract class RetentionTests(ReportApplication app)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_old_copy_of_the_database_opens_no_more_with_all_keys_of_staff_and_the_receipt()
    {
        var (filed, hands) = await app.ClosedAsync(Finding.Substantiated);
        await (await hands.Officer).Send(new ReadCase(filed.Number));
        var copy = await CopyAsync(filed.Id);
        await app.AgeAsync(filed.Id, years: 10);
        await app.RunRetentionAsync();
        await RestoreAsync(filed.Id, copy);

        (await app.IsThereAsync(filed.Id)).ShouldBeTrue("the copy brought it back");
        (await app.Read(db => db.ReportKeys.CountAsync(k => k.ReportId == filed.Id))).ShouldBeGreaterThan(2);
        foreach (var person in new[] { await hands.Dispatcher, await hands.Officer, await hands.Reviewer, await hands.Lead, await app.As(Role.Supervisor) })
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(filed.Id, opened => new AddNote(opened, 1, "x")), person.Name);
        await Should.ThrowAsync<NotPermittedException>(async () => await (await hands.Officer).Send(new ReadCase(filed.Number)));
        (await app.TypeReceiptAsync(filed)).Pass.ShouldBeNull();

        await app.RunRetentionAsync();
        (await app.IsThereAsync(filed.Id)).ShouldBeFalse("what was brought back is erased again");
        (await app.Read(db => db.Tombstones.SingleAsync(t => t.ReportId == filed.Id))).Reason.ShouldBe(ErasureReason.KeyDestroyed);
    }

    [Fact]
    public async Task What_stays_is_number_dates_outcome_and_reason()
    {
        var (filed, _) = await app.ClosedAsync(Finding.Substantiated);
        var files = await app.Read(db => db.EvidenceFiles.Where(f => f.ReportId == filed.Id).Select(f => f.Id).ToListAsync());
        files.ShouldNotBeEmpty();
        (await RowsAsync(filed.Id)).ShouldBeGreaterThan(20);
        await app.AgeAsync(filed.Id, years: 10);

        (await app.RunRetentionAsync()).ShouldBeGreaterThan(0);

        var tombstone = await app.Read(db => db.Tombstones.SingleAsync(t => t.ReportId == filed.Id));
        (tombstone.Number, tombstone.State, tombstone.Finding, tombstone.Reason, tombstone.ErasedAt is null).ShouldBe((filed.Number, ReportState.ClosedOut, Finding.Substantiated, ErasureReason.KeptLongEnough, false));
        tombstone.ClosedOn!.Value.Year.ShouldBe(app.Time.GetUtcNow().Year - 10);
        (await app.IsThereAsync(filed.Id)).ShouldBeFalse();
        (await RowsAsync(filed.Id)).ShouldBe(0);
        var left = Directory.EnumerateFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();
        left.ShouldNotContain(name => files.Exists(f => f.ToString("N") == name));
    }

    [Theory]
    [InlineData(Finding.Substantiated, 10)]
    [InlineData(Finding.Unsubstantiated, 3)]
    [InlineData(null, 3)]
    public async Task Each_outcome_is_kept_for_its_years_to_the_day(Finding? finding, int years)
    {
        var filed = finding is { } found ? (await app.ClosedAsync(found)).Filed : await app.DeclinedAsync();

        await app.AgeAsync(filed.Id, years, days: 0);
        await app.RunRetentionAsync();
        (await app.IsThereAsync(filed.Id)).ShouldBeTrue();

        await app.AgeAsync(filed.Id, years, days: 1);
        await app.RunRetentionAsync();
        (await app.IsThereAsync(filed.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_open_report_is_never_due_however_old()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ConcludedAsync();
        (await app.ReportAsync(filed.Id)).ClosedAt.ShouldBeNull();

        await app.RunRetentionAsync();

        (await app.IsThereAsync(filed.Id)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_report_whose_reporter_wrote_after_closing_stays_and_is_shown_as_held()
    {
        var filed = await app.DeclinedAsync();
        await app.WriteAsync(filed, "我找到地址了。");
        await app.AgeAsync(filed.Id, years: 20);

        await app.RunRetentionAsync();

        (await app.IsThereAsync(filed.Id)).ShouldBeTrue();
        var due = (await (await app.As(Role.Auditor)).Send(new ReadRetention())).Due;
        due.Single(d => d.Number == filed.Number).Hold.ShouldBe(RetentionHold.ReporterWrote);
    }

    [Fact]
    public async Task A_message_before_closing_does_not_hold_it()
    {
        var filed = await app.FileAsync();
        await app.WriteAsync(filed, "补充一句。");
        await app.DeclineAsync(filed, DeclineReason.NoTargetOrFacts, "地点找不到。");
        await app.AgeAsync(filed.Id, years: 3);

        await app.RunRetentionAsync();

        (await app.IsThereAsync(filed.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Reports_of_one_matter_stay_and_go_together()
    {
        var (root, _) = await app.ClosedAsync(Finding.Unsubstantiated);
        var merged = await app.FileAsync();
        await app.MergeAsync(merged, root);
        await app.AgeAsync(merged.Id, years: 3);

        await app.RunRetentionAsync();
        (await app.IsThereAsync(merged.Id)).ShouldBeTrue("the report it belongs to is kept");

        await app.AgeAsync(root.Id, years: 3);
        await app.RunRetentionAsync();
        (await app.IsThereAsync(merged.Id), await app.IsThereAsync(root.Id)).ShouldBe((false, false));
    }

    [Fact]
    public async Task Killed_between_the_decision_and_the_key_or_between_the_key_and_the_content_it_is_finished_later()
    {
        var (one, other) = (await app.DeclinedAsync(), await app.DeclinedAsync());
        await app.AgeAsync(one.Id, years: 3);
        await app.AgeAsync(other.Id, years: 3);
        await app.Send(new BuryReport(one.Id, ErasureReason.KeptLongEnough));
        await app.Send(new BuryReport(other.Id, ErasureReason.KeptLongEnough));
        (await Should.ThrowAsync<RuleBrokenException>(() => app.WriteAsync(one, "还来得及吗？"))).Code.ShouldBe("rule.BeingErased");
        Keys.Destroy((await app.ReportAsync(other.Id)).EraseKeyId);
        (await app.TypeReceiptAsync(other)).Erased.ShouldNotBeNull();

        (await app.Run().FinishAsync(Token)).ShouldBe(2);

        (await app.IsThereAsync(one.Id), await app.IsThereAsync(other.Id)).ShouldBe((false, false));
    }

    [Fact]
    public async Task Done_again_it_does_nothing_and_the_audit_has_each_act_once()
    {
        var filed = await app.DeclinedAsync();
        await app.AgeAsync(filed.Id, years: 3);

        await app.RunRetentionAsync();
        (await app.RunRetentionAsync()).ShouldBe(0);

        var acts = await app.Read(db => db.Audit.Where(a => a.ReportId == filed.Id && a.StaffId == null && !a.Refused).OrderBy(a => a.Id).Select(a => a.Act).ToListAsync());
        acts.ShouldBe([nameof(BuryReport), nameof(EraseReport)]);
    }

    [Fact]
    public async Task While_the_folder_of_keys_is_away_nothing_is_erased_and_nothing_opens()
    {
        var filed = await app.DeclinedAsync();
        await app.AgeAsync(filed.Id, years: 3);
        var folder = Path.Combine(app.Folder, "keys", "erase");
        Directory.Move(folder, folder + ".away");
        try
        {
            (await app.RunRetentionAsync()).ShouldBe(0);
            (await app.IsThereAsync(filed.Id)).ShouldBeTrue();
            await Should.ThrowAsync<EraseKeyMissingException>(() => app.TypeReceiptAsync(filed));
        }
        finally
        {
            Directory.Move(folder + ".away", folder);
        }

        (await app.TypeReceiptAsync(filed)).Pass.ShouldNotBeNull();
        await app.RunRetentionAsync();
        (await app.IsThereAsync(filed.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_receipt_is_told_the_day_and_the_reason_and_nothing_that_names_the_report()
    {
        var filed = await app.DeclinedAsync();
        var reader = app.Browser();
        (await reader.SendFormAsync("/track", [("Receipt", filed.Receipt)])).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/track/report");
        await app.AgeAsync(filed.Id, years: 3);
        await app.RunRetentionAsync();

        (await reader.GetAsync("/track/report", Token)).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/track");
        var page = await (await reader.SendFormAsync("/track", [("Receipt", filed.Receipt)])).TextAsync();

        page.ShouldContain("这件举报已经删除");
        page.ShouldContain("规定的保存年限已满");
        page.ShouldNotContain(Report12350.Web.Texts.Fives(filed.Number));
        page.ShouldNotContain(filed.Receipt);
    }

    [Fact]
    public async Task The_audit_still_names_an_erased_report_by_its_number()
    {
        var filed = await app.DeclinedAsync();
        await app.AgeAsync(filed.Id, years: 3);
        await app.RunRetentionAsync();

        var lines = (await (await app.As(Role.Auditor)).Send(new Report12350.Audit.ReadAudit(filed.Number, null, 1))).Lines;

        lines.ShouldContain(l => l.Act == nameof(EraseReport) && l.Number == filed.Number);
    }

    private EraseKeys Keys => (EraseKeys)app.Services.GetService(typeof(EraseKeys))!;

    /// <summary>Rows of every kind that still say which report they belong to.</summary>
    private Task<int> RowsAsync(ReportId report) => app.Read(async db =>
        await db.EvidenceFiles.CountAsync(f => f.ReportId == report) + await db.ReportKeys.CountAsync(k => k.ReportId == report) + await db.RewardClaims.CountAsync(c => c.ReportId == report)
        + await db.Set<TimelineEntry>().CountAsync(e => EF.Property<ReportId>(e, "ReportId") == report) + await db.Set<Clock>().CountAsync(e => EF.Property<ReportId>(e, "ReportId") == report)
        + await db.Set<VerificationRecord>().CountAsync(e => EF.Property<ReportId>(e, "ReportId") == report) + await db.Set<RectificationItem>().CountAsync(e => EF.Property<ReportId>(e, "ReportId") == report));

    /// <summary>All of a report, as a copy of the database has it.</summary>
    private Task<(Report Report, List<ReportKey> Keys)> CopyAsync(ReportId report) => app.Read(async db => (
        await db.Reports.AsNoTracking().Include(r => r.Clocks).Include(r => r.Timeline).Include(r => r.VerificationRecords).Include(r => r.RectificationItems).AsSplitQuery().SingleAsync(r => r.Id == report),
        await db.ReportKeys.AsNoTracking().Where(k => k.ReportId == report).ToListAsync()));

    private Task<int> RestoreAsync(ReportId report, (Report Report, List<ReportKey> Keys) copy) => app.Read(async db =>
    {
        await db.Tombstones.Where(t => t.ReportId == report).ExecuteDeleteAsync();
        db.Add(copy.Report);
        db.AddRange(copy.Keys);
        return await db.SaveChangesAsync();
    });
}

public sealed class RetentionOnSqliteTests(SqliteApplication app) : RetentionTests(app), IClassFixture<SqliteApplication>;

public sealed class RetentionOnPostgresTests(PostgresApplication app) : RetentionTests(app), IClassFixture<PostgresApplication>;
