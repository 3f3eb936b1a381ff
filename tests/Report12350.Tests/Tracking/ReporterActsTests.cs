using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Tests.Hosting;
using Report12350.Tracking;
using Microsoft.Extensions.DependencyInjection;

namespace Report12350.Tests.Tracking;

public abstract class ReporterActsTests(ReportApplication app)
{
    private const string Object = "/track/object";

    [Fact]
    public async Task An_objection_within_the_days_opens_the_report_to_the_body_above()
    {
        var filed = await app.FiledWithFeedbackAsync();
        var above = await app.As(Role.Officer, app.Profile.ReexaminationBody);
        await Should.ThrowAsync<NotPermittedException>(() => above.Send(new ReadCase(filed.Number)));
        app.Time.Advance(TimeSpan.FromDays(10));
        var browser = await app.ReporterAsync(filed);
        (await browser.ReadAsync("/track/report")).ShouldContain("href=\"/track/object\"");

        (await browser.SendFormAsync(Object, [("Text", "今天仍然堵着")])).Headers.Location!.ToString().ShouldBe("/track/report");

        var page = await browser.ReadAsync("/track/report");
        page.ShouldContain("正在复查，最迟 ");
        page.ShouldContain("由汕尾市应急管理局复查");
        page.ShouldContain("今天仍然堵着");
        (await above.Send(new ReadCase(filed.Number))).Timeline.ShouldContain(e => e.Text == "今天仍然堵着");
    }

    [Fact]
    public async Task After_the_days_an_objection_is_refused()
    {
        var filed = await app.FiledWithFeedbackAsync();
        app.Time.Advance(TimeSpan.FromDays(11));
        var browser = await app.ReporterAsync(filed);

        (await browser.ReadAsync("/track/report")).ShouldContain("提出异议的期限到 ");
        (await browser.ReadAsync(Object)).ShouldContain("现在不能提出异议");
        var refused = await browser.SendFormAsync("/track/report", [("Text", "太晚了")], Object);
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.Concluded);
        refused.Headers.Location.ShouldBeNull();
        (await refused.TextAsync()).ShouldContain("太晚了");
    }

    [Fact]
    public async Task Before_feedback_there_is_nothing_to_object_to()
    {
        var opened = await app.OpenAsync((await app.FileAsync()).Receipt);

        (await Should.ThrowAsync<RuleBrokenException>(() => app.Send(new ObjectToConclusion(opened, "不对")))).Code.ShouldBe("rule.NotAllowedInState");
    }

    [Fact]
    public async Task An_empty_objection_is_refused_beside_the_field()
    {
        var browser = await app.ReporterAsync(await app.FiledWithFeedbackAsync());

        (await (await browser.SendFormAsync(Object, [("Text", "")])).TextAsync()).ShouldContain("请写明哪里不对");
    }

    [Fact]
    public async Task Staff_who_opened_a_report_cannot_act_as_its_reporter()
    {
        var filed = await app.FileAsync();
        var dispatcher = await app.As(Role.Dispatcher);

        await Should.ThrowAsync<NotPermittedException>(() => dispatcher.Send(filed.Id, opened => new WriteToOfficers(opened, "冒充")));
        await Should.ThrowAsync<NotPermittedException>(() => dispatcher.Send(filed.Id, opened => new WithdrawReport(opened)));
        await Should.ThrowAsync<NotPermittedException>(() => dispatcher.Send(filed.Id, opened => new ReadTracking(opened)));
    }

    [Fact]
    public async Task Reporter_and_officers_at_once_lose_nothing()
    {
        var filed = await app.FileAsync();
        var opened = await app.OpenAsync(filed.Receipt);

        await Task.WhenAll(Enumerable.Range(1, 4).Select(n => app.Send(new WriteToOfficers(opened, $"第{n}句"))));

        (await app.Send(new ReadTracking(opened))).Messages.Select(m => m.Text).ShouldBe(["第1句", "第2句", "第3句", "第4句"], ignoreOrder: true);
    }
}

public sealed class ReporterActsOnSqliteTests(SqliteApplication app) : ReporterActsTests(app), IClassFixture<SqliteApplication>;

public sealed class ReporterActsOnPostgresTests(PostgresApplication app) : ReporterActsTests(app), IClassFixture<PostgresApplication>;
