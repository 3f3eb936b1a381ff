using System.Net;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Web;

public abstract class FilingDeskTests(ReportApplication app)
{
    [Fact]
    public async Task An_operator_enters_a_call_reads_out_the_receipt_and_is_back_at_the_desk()
    {
        using var browser = new FilingBrowser(app, staff: await app.As(Role.Operator));
        await browser.OpenAsync("/staff/enter");
        await browser.SendAsync();
        browser.ErrorOf("Channel").ShouldNotBeNull();
        await browser.SendAsync(("Channel", "Phone"));
        browser.Path.ShouldBe("/report");
        browser.Text.ShouldContain("受理员代录");
        await browser.FileAsync();
        browser.Text.ShouldContain("念给对方");
        var number = FilingWalk.NumberOf(browser);
        await browser.SendAsync(("Saved", "true"));
        browser.Path.ShouldBe("/staff/enter");

        var report = await app.Read(db => db.Reports.AsNoTracking().SingleAsync(r => r.Number == number));
        report.Channel.ShouldBe(Channel.Phone);
        report.EnteredBy.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_desk_is_the_operators()
    {
        using var stranger = new FilingBrowser(app);
        await stranger.OpenAsync("/staff/enter");
        stranger.Path.ShouldBe("/staff/sign-in");
        using var officer = new FilingBrowser(app, staff: await app.As(Role.Officer));
        await officer.OpenAsync("/staff/enter");
        officer.Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}

public sealed class FilingDeskOnSqliteTests(SqliteApplication app) : FilingDeskTests(app), IClassFixture<SqliteApplication>;

public sealed class FilingDeskOnPostgresTests(PostgresApplication app) : FilingDeskTests(app), IClassFixture<PostgresApplication>;
