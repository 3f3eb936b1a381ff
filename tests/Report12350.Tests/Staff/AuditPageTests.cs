using Microsoft.Extensions.DependencyInjection;
using Report12350.Audit;
using Report12350.Domain.Access;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tracking;

namespace Report12350.Tests.Staff;

public abstract class AuditPageTests(ReportApplication app)
{
    [Fact]
    public async Task The_auditor_reads_who_did_what_by_report_and_by_person_and_no_content()
    {
        var filed = await app.FileAsync();
        var other = await app.FileAsync();
        await app.AcceptAsync(filed);
        await app.AcceptAsync(other);
        var dispatcher = await app.As(Role.Dispatcher);
        await dispatcher.Send(new ReadCase(filed.Number));
        var browser = app.BrowserOf(await app.As(Role.Auditor));

        var page = await browser.ReadAsync($"/staff/audit?Number={filed.Number}");
        page.ShouldContain("打开举报");
        page.ShouldContain("受理");
        page.ShouldContain(dispatcher.Name);
        page.ShouldNotContain(Report12350.Web.Texts.Fives(other.Number));
        page.ShouldNotContain("煤气瓶");

        (await browser.ReadAsync("/staff/audit?Person=nobody-of-that-name")).ShouldContain("没有符合的记录");
        (await browser.ReadAsync($"/staff/audit?Person={dispatcher.Name}")).ShouldContain(Report12350.Web.Texts.Fives(other.Number));
    }

    [Fact]
    public async Task The_auditor_checks_the_chain_downloads_a_checkpoint_and_exports_it_without_content()
    {
        var filed = await app.FileAsync();
        await app.AcceptAsync(filed);
        var auditor = await app.As(Role.Auditor);
        var browser = app.BrowserOf(auditor);
        await using var scope = app.Services.CreateAsyncScope();
        var (_, checkpoint) = await scope.ServiceProvider.GetRequiredService<AuditChain>().SignAsync(TestContext.Current.CancellationToken);

        (await browser.SendFormAsync("/staff/audit", [], "/staff/audit?handler=verify")).Headers.Location?.ToString().ShouldBe("/staff/audit");
        var page = await browser.ReadAsync("/staff/audit");
        page.ShouldContain("条完整");
        page.ShouldContain(scope.ServiceProvider.GetRequiredService<Report12350.Confidentiality.SiteSignature>().KeyId);
        (await browser.ReadAsync($"/staff/audit?handler=checkpoint&sequence={checkpoint!.Sequence}")).ShouldBe(checkpoint.Statement);

        var sheet = await browser.ReadAsync("/staff/audit?handler=export");
        sheet.ShouldStartWith("sequence,utc,act,");
        sheet.ShouldContain("AcceptReport");
        foreach (var secret in (string[])["煤气瓶", "某餐馆", filed.Receipt, auditor.Name])
            sheet.ShouldNotContain(secret);
        (await auditor.Send(new ReadAudit(null, auditor.Name, 1))).Lines.ShouldContain(line => line.Act == nameof(ExportAudit));
        (await app.BrowserOf(await app.As(Role.Dispatcher)).GetAsync("/staff/audit?handler=export", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task Many_entries_come_in_pages_newest_first()
    {
        var filed = await app.FileAsync();
        var dispatcher = await app.As(Role.Dispatcher);
        for (var n = 0; n < 55; n++)
            await dispatcher.Send(new ReadCase(filed.Number));
        var auditor = await app.As(Role.Auditor);

        var first = await auditor.Send(new ReadAudit(filed.Number, null, 1));
        var last = await auditor.Send(new ReadAudit(filed.Number, null, 99));

        (first.Total, first.Pages, first.Lines.Count).ShouldBe((55, 2, 50));
        (last.Page, last.Lines.Count).ShouldBe((2, 5));
        first.Lines.Min(l => l.Id).ShouldBeGreaterThan(last.Lines.Max(l => l.Id));
        (await app.BrowserOf(auditor).ReadAsync($"/staff/audit?Number={filed.Number}")).ShouldContain("p=2");
    }
}

public sealed class AuditPageOnSqliteTests(SqliteApplication app) : AuditPageTests(app), IClassFixture<SqliteApplication>;

public sealed class AuditPageOnPostgresTests(PostgresApplication app) : AuditPageTests(app), IClassFixture<PostgresApplication>;
