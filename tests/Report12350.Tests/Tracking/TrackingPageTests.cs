using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Tests.Hosting;
using Report12350.Tracking;

namespace Report12350.Tests.Tracking;

public abstract class TrackingPageTests(ReportApplication app)
{
    private const string Report = "/track/report";

    [Fact]
    public async Task Every_step_is_said_in_plain_words_with_what_comes_next()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);

        await app.BeginVerificationAsync(filed);
        var page = await browser.ReadAsync(Report);
        page.ShouldContain("已交海丰县住房和城乡建设局核查，正在进行。最迟 ");
        page.ShouldContain("决定受理。");
        page.ShouldContain("海丰县住房和城乡建设局签收，开始核查。");
        page.ShouldNotContain("由住建部门负责");

        await app.ConcludeAsync(filed, Finding.Substantiated);
        page = await browser.ReadAsync(Report);
        page.ShouldContain("核查有了结论：属实。");
        page.ShouldContain("前向您反馈四项内容");
        page.ShouldNotContain("内部核查笔录的内容");
    }

    [Fact]
    public async Task A_refusal_comes_with_its_reason()
    {
        var filed = await app.FileAsync();
        await app.DeclineAsync(filed, DeclineReason.BelongsToPetition, "请到信访局反映。");

        var page = await (await app.ReporterAsync(filed)).ReadAsync(Report);

        page.ShouldContain("不予受理，原因：属于信访事项。");
        page.ShouldContain("请到信访局反映。");
    }

    [Fact]
    public async Task Messages_go_both_ways_as_one_thread()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);

        (await browser.SendFormAsync(Report, [("Text", "昨晚又放了。\r\n有两瓶。")], Report + "?handler=Message")).Headers.Location!.ToString().ShouldBe(Report);
        await app.ReplyAsync(filed, "<p>知道了,<b>明天</b>去看。</p><script>alert(1)</script>");

        var page = await browser.ReadAsync(Report);
        page.IndexOf("有两瓶。", StringComparison.Ordinal).ShouldBeInRange(0, page.IndexOf("<b>明天</b>去看", StringComparison.Ordinal));
        page.ShouldNotContain("alert(1)</script>");
        var dispatcher = await app.As(Role.Dispatcher);
        (await dispatcher.Send(new ReadCase(filed.Number))).Timeline.ShouldContain(e => e.Text == "昨晚又放了。\n有两瓶。");
    }

    [Fact]
    public async Task What_a_reporter_writes_stays_text()
    {
        var filed = await app.FileAsync(content => content.Answers.Narrative = "<script>alert('n')</script>");
        var browser = await app.ReporterAsync(filed);

        await browser.SendFormAsync(Report, [("Text", "<script>alert('m')</script><img src=x onerror=y>")], Report + "?handler=Message");

        var page = await browser.ReadAsync(Report);
        page.ShouldNotContain("<script>alert");
        page.ShouldNotContain("<img src=x");
        page.ShouldContain("&lt;script&gt;alert(&#x27;m&#x27;)");
        page.ShouldContain("&lt;script&gt;alert(&#x27;n&#x27;)");
    }

    [Fact]
    public async Task A_message_too_long_is_refused_and_nothing_typed_is_lost()
    {
        var browser = await app.ReporterAsync(await app.FileAsync());
        var tooLong = string.Concat(Enumerable.Repeat("长\r\n", 1001));

        var page = await (await browser.SendFormAsync(Report, [("Text", tooLong)], Report + "?handler=Message")).TextAsync();
        page.ShouldContain("最多 2000 字，请删减");
        System.Net.WebUtility.HtmlDecode(page).ShouldContain(tooLong);

        var fits = string.Concat(Enumerable.Repeat("长\r\n", 1000));
        (await browser.SendFormAsync(Report, [("Text", fits)], Report + "?handler=Message")).Headers.Location.ShouldNotBeNull();
        (await (await browser.SendFormAsync(Report, [("Text", " \r\n ")], Report + "?handler=Message")).TextAsync()).ShouldContain("请先写留言");
    }

    [Fact]
    public async Task Feedback_is_shown_as_four_headed_parts()
    {
        var filed = await app.FiledWithFeedbackAsync("<ul><li>看过楼梯间</li></ul><img src=x onerror=alert(1)>");

        var page = await (await app.ReporterAsync(filed)).ReadAsync(Report);

        foreach (var heading in new[] { "一、核查结论", "二、主要事实", "三、处理决定", "四、能否奖励" })
            page.ShouldContain($"<h3>{heading}</h3>");
        page.ShouldContain("<li>看过楼梯间</li>");
        page.ShouldNotContain("onerror");
        page.ShouldContain("不同意可以在 ");
    }

    [Fact]
    public async Task Who_opened_it_is_told_by_role_department_and_day_never_by_name()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);
        (await browser.ReadAsync(Report)).ShouldContain("还没有人打开过您的举报");
        var dispatcher = await app.As(Role.Dispatcher);
        await dispatcher.Send(new ReadCase(filed.Number));
        await dispatcher.Send(new ReadCase(filed.Number));

        var page = await browser.ReadAsync(Report);

        page.Split("安委办 分办员").Length.ShouldBe(2);
        page.ShouldNotContain(dispatcher.Name);
    }

    [Fact]
    public async Task A_wish_for_a_reward_is_followed_on_the_same_page()
    {
        var wished = await app.FileAsync(claimCode: "1234567890");
        var plain = await app.FileAsync();

        (await (await app.ReporterAsync(wished)).ReadAsync(Report)).ShouldContain("正在评审。");
        (await (await app.ReporterAsync(plain)).ReadAsync(Report)).ShouldNotContain("正在评审。");
    }

    [Fact]
    public async Task What_staff_note_for_themselves_is_never_shown()
    {
        var filed = await app.FileAsync();
        await app.NoteAsync(filed, "内部备注不给看");

        var page = await (await app.ReporterAsync(filed)).ReadAsync(Report);

        page.ShouldNotContain("内部备注不给看");
        page.ShouldContain("data-step=\"1\"");
    }

    [Fact]
    public async Task A_merged_report_shows_how_the_other_one_stands()
    {
        var first = await app.FileAsync();
        var second = await app.FileAsync();
        await app.MergeAsync(second, first);
        await app.BeginVerificationAsync(first);

        var page = await (await app.ReporterAsync(second)).ReadAsync(Report);

        page.ShouldContain("和另一件举报说的是同一件事");
        page.ShouldContain("已交海丰县住房和城乡建设局核查，正在进行。");
        page.ShouldNotContain(first.Number);
        (await app.Send(new MergedReports(first.Id))).ShouldBe([second.Id]);
    }

    [Fact]
    public async Task Withdrawing_says_what_will_be_gone_asks_and_then_the_check_goes_on()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);
        (await browser.ReadAsync("/track/withdraw")).ShouldContain("经办人不再回复您的留言");

        (await (await browser.SendFormAsync("/track/withdraw", [])).TextAsync()).ShouldContain("请先勾选");
        await browser.SendFormAsync("/track/withdraw", [("Sure", "true")]);

        var page = await browser.ReadAsync(Report);
        page.ShouldContain("您已撤回举报。核查照常进行");
        page.ShouldNotContain("href=\"/track/withdraw\"");
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.Received);
        await Should.ThrowAsync<Report12350.Domain.RuleBrokenException>(() => app.ReplyAsync(filed, "<p>回复</p>"));
    }

    [Fact]
    public async Task What_a_reporter_does_is_dated_by_day_only()
    {
        var filed = await app.FileAsync();
        app.Time.Advance(TimeSpan.FromMinutes(7));
        var browser = await app.ReporterAsync(filed);
        await browser.SendFormAsync(Report, [("Text", "补充一句")], Report + "?handler=Message");

        var report = await app.ReportAsync(filed.Id);

        var written = report.Timeline.Single(e => e.Act == nameof(ReportAction.WriteToOfficers));
        written.At.ToOffset(app.Profile.UtcOffset).TimeOfDay.ShouldBe(TimeSpan.Zero);
        report.ReporterWroteAt.ShouldBe(written.At);
    }
}

public sealed class TrackingPageOnSqliteTests(SqliteApplication app) : TrackingPageTests(app), IClassFixture<SqliteApplication>;

public sealed class TrackingPageOnPostgresTests(PostgresApplication app) : TrackingPageTests(app), IClassFixture<PostgresApplication>;
