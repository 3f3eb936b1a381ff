using System.Globalization;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Bot.Dialogues;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tests.Web;

namespace Report12350.Tests.Bot;

/// <summary>Filing by conversation on the plain page, without script.</summary>
public abstract class ChatTests(ReportApplication app)
{
    private const string First = "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样";

    [Fact]
    public async Task The_service_speaks_on_the_first_page_and_nothing_is_kept_until_it_is_answered()
    {
        var rows = await RowsAsync();
        using var browser = await BeginAsync();
        browser.Text.ShouldContain("这是自动服务，不是真人");
        browser.Page.QuerySelector(".thread li")!.TextContent.ShouldContain("119、110 或 120");
        browser.Page.QuerySelector(".answers button")!.TextContent.ShouldContain("知道了，开始");
        (browser.ChatCookie, browser.DraftCookie, await RowsAsync()).ShouldBe((null, null, rows));
        await browser.SendAsync(("Choice", "1"));
        browser.Page.QuerySelectorAll(".thread li").Select(line => line.ClassName is "ours").ShouldBe([false, false, true, false]);
        (await RowsAsync()).ShouldBe((rows.Conversations + 1, rows.Drafts + 1));

        async Task<(int Conversations, int Drafts)> RowsAsync() => (await app.Read(db => db.Conversations.CountAsync()), await app.Read(db => db.Drafts.CountAsync()));
    }

    [Fact]
    public async Task Who_tells_what_happened_before_the_notice_need_not_tell_it_again()
    {
        using var browser = await BeginAsync();
        await SayAsync(browser, First);
        Ends(browser, "举报须知全文在首页“我要举报”里。");
        browser.Text.ShouldContain("您说的记下了");
        await SayAsync(browser, "不知道");
        browser.Text.ShouldContain("没听懂");
        await SayAsync(browser, "1");
        browser.Text.ShouldContain("地点：公平镇");
        (await DraftAsync(browser)).Answers.ShouldSatisfyAllConditions(a => a.Narrative.ShouldBe(First), a => a.NoticeRead.ShouldBeTrue());
        await SayAsync(browser, "返回");
        await SayAsync(browser, "返回");
        Ends(browser, "知道多少说多少");
    }

    [Fact]
    public async Task By_numbers_alone_a_report_is_filed_and_its_receipt_opens_it()
    {
        using var browser = await BeginAsync();
        await SayAsync(browser, "1"); // the notice
        var conversation = PassOf(browser).Id;
        await SayAsync(browser, "有东西很危险");
        await SayAsync(browser, "2"); // major hazard
        await SayAsync(browser, "９"); // the last group, in full width
        await SayAsync(browser, "1"); // its first sector
        await SayAsync(browser, "1"); // the first town
        await SayAsync(browser, "人民路某超市二楼");
        await SayAsync(browser, "门口有蓝色卷帘门的店");
        await SayAsync(browser, "昨天下午");
        await SayAsync(browser, "1");
        await SayAsync(browser, "2");
        await SayAsync(browser, "1"); // no files
        await SayAsync(browser, "1"); // anonymous
        await SayAsync(browser, "2"); // no reward
        browser.Text.ShouldContain("请核对");
        await SayAsync(browser, "1");
        browser.Path.ShouldBe("/report/done");
        var report = await ReportOfAsync(FilingWalk.NumberOf(browser));
        (report.Channel, report.Kind, report.Town, report.Anonymity).ShouldBe((Channel.Chat, MatterKind.MajorHazard, app.Profile.Towns[0].Id, Anonymity.Anonymous));
        (await app.OpenAsync(FilingWalk.ReceiptOf(browser))).Content<ReportAnswers>(report).Unit.ShouldBe("门口有蓝色卷帘门的店");
        (await app.Read(db => db.ConversationLines.CountAsync(l => l.ConversationId == conversation))).ShouldBe(0, "of the conversation nothing is kept");
    }

    [Fact]
    public async Task What_the_first_sentence_says_is_not_asked_again_and_is_told()
    {
        using var browser = await BeginAsync();
        await SayAsync(browser, "1");
        await SayAsync(browser, First);
        browser.Text.ShouldContain("地点：公平镇");
        browser.Text.ShouldContain("现在还在继续");
        await SayAsync(browser, "重大事故隐患");
        browser.Text.ShouldNotContain("哪个镇");
        Ends(browser, "能找到。例如");
        await SayAsync(browser, "人民路 20 号");
        browser.Page.QuerySelector(".answers button")!.TextContent.ShouldContain("好再来饭店");
        await SayAsync(browser, "1");
        browser.Page.QuerySelectorAll(".thread li.ours").Last().TextContent.ShouldContain("1 好再来饭店");
        await SayAsync(browser, "不是"); // urgent?
        (await DraftAsync(browser)).Answers.ShouldSatisfyAllConditions(
            a => a.Unit.ShouldBe("好再来饭店"), a => a.Sector.ShouldBe("gas"), a => a.Town.ShouldBe("gongping"), a => a.When.ShouldBe("天天"));
    }

    [Fact]
    public async Task Wrong_answers_are_explained_and_nothing_is_lost()
    {
        using var browser = await BeginAsync();
        await SayAsync(browser, "不知道");
        browser.Text.ShouldContain("没听懂");
        await SayAsync(browser, "1");
        await browser.SendAsync(("Text", new string('煤', 4001)));
        browser.ErrorOf("Text").ShouldNotBeNull().ShouldContain("太长了");
        browser.ValueOf("Text")!.Trim().Length.ShouldBe(4001);
        await SayAsync(browser, new string('煤', 2001));
        browser.Text.ShouldContain("2");
        (await DraftAsync(browser)).Answers.Narrative.ShouldBeNull();
        await browser.SendAsync(("Text", ""));
        browser.ErrorOf("Text").ShouldBe("请先写点什么，或者点一个按钮");
        await SayAsync(browser, "煤气瓶在楼梯间");
        await SayAsync(browser, "7");
        browser.Text.ShouldContain("没听懂");
        (await DraftAsync(browser)).Answers.Narrative.ShouldBe("煤气瓶在楼梯间");
    }

    [Fact]
    public async Task Back_change_restart_help_and_the_hotline_work_at_every_step()
    {
        using var browser = await BeginAsync();
        await SayAsync(browser, "返回");
        browser.Text.ShouldContain("前面没有问题了");
        await SayAsync(browser, "1");
        await SayAsync(browser, First);
        await SayAsync(browser, "返回");
        Ends(browser, "知道多少说多少");
        await SayAsync(browser, "梅陇镇的锅炉没有安全阀");
        (await DraftAsync(browser)).Answers.Narrative.ShouldBe("梅陇镇的锅炉没有安全阀");
        await SayAsync(browser, "人工");
        browser.Text.ShouldContain($"可以打 {app.Profile.Hotline}");
        await SayAsync(browser, "查进度");
        browser.Text.ShouldContain("输入查询码");
        await SayAsync(browser, "返回");
        Ends(browser, "哪一类");
        await SayAsync(browser, "帮助");
        await SayAsync(browser, "重来");
        await SayAsync(browser, "2");
        (await DraftAsync(browser)).Answers.Narrative.ShouldBe("梅陇镇的锅炉没有安全阀");
        await SayAsync(browser, "重来");
        await SayAsync(browser, "1");
        (await DraftAsync(browser)).Answers.Narrative.ShouldBeNull();
    }

    [Fact]
    public async Task A_report_half_told_survives_the_way_to_another_and_back()
    {
        var other = await app.FiledWithFeedbackAsync();
        using var browser = await ToStepAsync(FilingStep.Place);
        foreach (var said in new[] { "查进度", "帮助", "人工", other.Receipt })
            await SayAsync(browser, said);
        browser.Text.ShouldContain($"举报编号：{other.Number}");
        browser.Text.ShouldContain($"想和人说打 {app.Profile.Hotline}");
        browser.Html.ShouldNotContain(other.Receipt[..10]);
        var offered = (await ChatAsync(browser)).State.Tracking.Offered;
        browser.Page.QuerySelectorAll(".answers button").Length.ShouldBe(offered.Count);
        await browser.SendAsync(("Choice", offered.Count.ToString(CultureInfo.InvariantCulture)));
        Ends(browser, "能找到。例如");
        foreach (var (_, said) in Way.SkipWhile(way => way.Step != FilingStep.Place).Append((FilingStep.Check, "1")))
            await SayAsync(browser, said);
        browser.Path.ShouldBe("/report/done", browser.Text);
    }

    [Fact]
    public async Task In_English_a_report_is_followed_in_the_same_way()
    {
        var filed = await app.FiledWithFeedbackAsync();
        using var browser = await new FilingBrowser(app, "en").OpenAsync("/chat");
        foreach (var said in new[] { "track", filed.Receipt, "object", "The exit is still blocked.", "help", "back", "track", "back" })
            await SayAsync(browser, said);
        foreach (var told in new[] { "Enter your receipt", $"Report number: {filed.Number}", "What we found, in four parts", "Your objection was sent", "A lost receipt cannot be recovered", "The report is closed here", "no report is followed" })
            browser.Text.ShouldContain(told);
    }

    [Fact]
    public async Task At_the_check_a_line_is_changed_and_the_rest_stays()
    {
        using var browser = await ToCheckAsync();
        await SayAsync(browser, "修改");
        await SayAsync(browser, "具体地点");
        await SayAsync(browser, "国道旁红色铁皮厂房");
        browser.Text.ShouldContain("请核对");
        (await DraftAsync(browser)).Answers.ShouldSatisfyAllConditions(a => a.Place.ShouldBe("国道旁红色铁皮厂房"), a => a.Narrative.ShouldBe(First));
    }

    [Fact]
    public async Task Danger_now_is_answered_with_the_emergency_numbers_first()
    {
        using var browser = await BeginAsync();
        await SayAsync(browser, "1");
        await SayAsync(browser, "厂里着火了，有人被困");
        browser.Text.ShouldContain("火警 119，报警 110，急救 120");
    }

    [Fact]
    public async Task Name_telephone_and_claim_code_are_taken_and_not_kept_in_the_conversation()
    {
        using var browser = await ToStepAsync(FilingStep.Anonymity);
        await SayAsync(browser, "2");
        await SayAsync(browser, "陈标记");
        await SayAsync(browser, "12");
        browser.Text.ShouldContain("电话");
        await SayAsync(browser, "１３８ ００００ ０００７");
        await SayAsync(browser, "1"); // a reward
        await SayAsync(browser, "1"); // not excluded
        await SayAsync(browser, "短");
        await SayAsync(browser, "荔枝渡口12350");
        await SayAsync(browser, "荔枝渡口99999");
        await SayAsync(browser, "荔枝渡口12350");
        await SayAsync(browser, "荔枝渡口 12350");
        browser.Text.ShouldContain("请核对");
        foreach (var secret in (string[])["陈标记", "138 0000", "１３８", "荔枝渡口"])
            browser.Html.ShouldNotContain(secret);
        var chat = await ChatAsync(browser);
        chat.Activities.ShouldAllBe(a => !a.Text!.Contains("陈标记", StringComparison.Ordinal) && !a.Text!.Contains("荔枝", StringComparison.Ordinal));
        await SayAsync(browser, "1");
        browser.Path.ShouldBe("/report/done", browser.Text);
        (await app.Send(new Report12350.Rewards.CheckClaimCode(FilingWalk.NumberOf(browser), "荔枝渡口12350"))).Proof.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_photo_sent_in_the_conversation_is_the_reports()
    {
        using var browser = await ToStepAsync(FilingStep.Evidence);
        var form = new MultipartFormDataContent { { new StringContent(browser.Token), "form-token" } };
        form.Add(FilingWalk.Png("1"), "Files", "现场.png");
        (await browser.Client.PostAsync("/chat/files", form, TestContext.Current.CancellationToken)).Headers.Location!.ToString().ShouldBe("/chat#say");
        await browser.OpenAsync("/chat");
        browser.Text.ShouldContain("现在一共 1 个文件");
        (await DraftAsync(browser)).Files.Values.Single().Name.ShouldBe("现场.png");

        var poor = new MultipartFormDataContent { { new StringContent(browser.Token), "form-token" } };
        poor.Add(new ByteArrayContent([77, 90, 0, 0]), "Files", "a.exe");
        await browser.Client.PostAsync("/chat/files", poor, TestContext.Current.CancellationToken);
        await browser.OpenAsync("/chat");
        browser.ErrorOf("Files").ShouldNotBeNull();
        (await DraftAsync(browser)).Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Web_Chats_page_alone_admits_styles_and_only_those_with_the_nonce_it_was_given()
    {
        using var browser = app.Browser();
        List<string> nonces = [];
        for (var at = 0; at < 2; at++)
        {
            using var answer = await browser.GetAsync("/chat/full", TestContext.Current.CancellationToken);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            var nonce = (await answer.TextAsync()).Split("data-nonce=\"")[1].Split('"')[0];
            foreach (var directive in (string[])["script-src 'self';", $"style-src 'self' 'nonce-{nonce}'", "img-src 'self' blob:;", "connect-src 'self' blob:;", "worker-src blob:;"])
                policy.ShouldContain(directive);
            policy.ShouldNotContain("unsafe");
            nonces.Add(nonce);
        }

        nonces.Distinct().Count().ShouldBe(2);
        using var plain = await browser.GetAsync("/chat", TestContext.Current.CancellationToken);
        plain.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("nonce");
    }

    [Fact]
    public async Task The_form_goes_on_where_the_conversation_stopped_and_back_again()
    {
        using var browser = await ToStepAsync(FilingStep.Evidence);
        await browser.OpenAsync("/report/unit");
        browser.Path.ShouldBe("/report/unit");
        browser.ValueOf("Unit").ShouldBe("好再来饭店");
        await browser.SendAsync(("Unit", "好再来饭店二店"), ("UnitCreditCode", ""));
        await browser.OpenAsync("/chat");
        await SayAsync(browser, "1");
        await SayAsync(browser, "1");
        await SayAsync(browser, "2");
        browser.Text.ShouldContain("好再来饭店二店");
        await SayAsync(browser, "1");
        browser.Path.ShouldBe("/report/done");

        using var other = await new FilingBrowser(app).WalkToAsync("/report/when");
        await other.OpenAsync("/chat");
        Ends(other, "什么时候的事？ 大概就行。例如：昨天下午三点，每天晚上，上个月开始。");
    }

    [Fact]
    public async Task Of_two_turns_at_once_one_is_taken_and_the_other_is_told()
    {
        using var browser = await ToStepAsync(FilingStep.What);
        var before = (await ChatAsync(browser)).Activities.Count(a => !a.IsOurs);
        var turns = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.PostAsync(("Text", "1"))));
        turns.Count(t => t.Headers.Location is not null).ShouldBeGreaterThan(0);
        var chat = await ChatAsync(browser);
        chat.Activities.Count(a => !a.IsOurs).ShouldBe(before + turns.Count(t => t.Headers.Location is not null));
    }

    [Fact]
    public async Task Filed_by_two_windows_at_once_it_is_filed_once()
    {
        using var browser = await ToCheckAsync();
        var before = await app.Read(db => db.Reports.CountAsync());
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.PostAsync(("Text", "1"))));
        (await app.Read(db => db.Reports.CountAsync())).ShouldBe(before + 1);
        (await browser.OpenAsync("/report/done")).Path.ShouldBe("/report/done");
    }

    [Fact]
    public async Task Only_its_own_key_opens_it_and_after_a_day_nothing_does()
    {
        using var browser = await ToStepAsync(FilingStep.Unit);
        var pass = PassOf(browser);
        (await app.Send(new ReadConversation(pass with { Key = new byte[32] }))).ShouldBeNull();
        (await app.Send(new ReadConversation(pass))).ShouldNotBeNull();
        app.Time.Advance(TimeSpan.FromHours(24));
        (await app.Send(new ReadConversation(pass))).ShouldBeNull();
        await Should.ThrowAsync<NotFoundException>(() => app.Send(new RecordTurn(pass, 0, 0, "{}", [])));
        await browser.SendAsync(("Text", "我的话还在"));
        browser.ErrorOf("Text").ShouldNotBeNull().ShouldContain("这次对话已经结束");
        browser.ValueOf("Text")!.Trim().ShouldBe("我的话还在");
        await app.Send(new CollectExpiredDrafts());
        (await app.Read(db => db.Conversations.AnyAsync(c => c.Id == pass.Id))).ShouldBeFalse();
        (await app.Read(db => db.ConversationLines.AnyAsync(c => c.ConversationId == pass.Id))).ShouldBeFalse();
    }

    [Fact]
    public async Task Whatever_is_said_in_whatever_order_the_dialogue_stands_at_a_step_and_files_at_most_once()
    {
        var (one, other) = (await app.FileAsync(), await app.FiledWithFeedbackAsync());
        string[] words =
        [
            "1", "2", "3", "9", "99", "0", "-1", "返回", "重来", "修改", "帮助", "人工", "是", "不", "提交", First, "梅陇镇", "🙂", "\u202eabc", "\0", "<script>", " ", "13800000007", "荔枝渡口12350",
            new string('长', 3000), new string('a', 100_000), "查进度", "查进度", one.Receipt, other.Receipt, $"查进度 {one.Receipt}", Receipt.Generate().Digits, other.Receipt[..24], "留言", "看留言", "异议", "撤回", "仍要撤回", "领奖", "另一件",
        ];
        string[] secrets = [one.Receipt, other.Receipt];
        await Gen.Int[0, words.Length - 1].Select(at => words[at]).Array[5, 40].SampleAsync(
            async said =>
            {
                await using var scope = app.Services.CreateAsyncScope();
                var services = scope.ServiceProvider;
                var dialogue = services.GetRequiredService<Dialogue>();
                var pass = await app.Send(new StartDraft(Channel.Chat));
                var before = await app.Read(db => db.Reports.CountAsync());
                var (state, _) = await dialogue.BeginAsync(ConversationPass.New(), pass, Key, isChinese: true, CancellationToken.None);
                var opened = new HashSet<string>(StringComparer.Ordinal);
                foreach (var word in said.TakeWhile(_ => state.Step is not FilingStep.Filed))
                {
                    var json = state.ToJson();
                    secrets.ShouldAllBe(secret => !json.Contains(secret, StringComparison.Ordinal));
                    state = DialogueState.Parse(json);
                    opened.UnionWith(new[] { one, other }.Where(filed => word.Contains(filed.Receipt, StringComparison.Ordinal)).Select(filed => filed.Number));
                    if (secrets.Any(secret => word.Contains(secret, StringComparison.Ordinal)))
                        Dialogue.IsSecret(state, word).ShouldBeTrue();
                    (await dialogue.TakeAsync(state, word, Key, isChinese: true, CancellationToken.None)).ShouldNotBeEmpty(word);
                    (Enum.IsDefined(state.Step), Enum.IsDefined(state.Tracking.Step)).ShouldBe((true, true));
                    (state.Tracking.Held is null).ShouldBe(state.Tracking.Step is TrackingStep.Away or TrackingStep.Receipt);
                    if (state.Step is not FilingStep.Filed && state.Number is { } number)
                        opened.ShouldContain(number, "only who typed its receipt follows a report");
                }

                (await app.Read(db => db.Reports.CountAsync()) - before).ShouldBe(state.Step is FilingStep.Filed ? 1 : 0);
            },
            iter: 60, threads: 1);
    }

    private static string Key(string key, params object?[] values) => key;

    private async Task<FilingBrowser> BeginAsync()
    {
        var browser = await new FilingBrowser(app).OpenAsync("/chat");
        browser.Path.ShouldBe("/chat");
        return browser;
    }

    private static async Task SayAsync(FilingBrowser browser, string text)
    {
        await browser.SendAsync(("Text", text));
        browser.Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    private static readonly (FilingStep Step, string Said)[] Way =
    [
        (FilingStep.Notice, "1"), (FilingStep.What, First), (FilingStep.Kind, "重大事故隐患"), (FilingStep.Place, "人民路 20 号"), (FilingStep.Unit, "1"),
        (FilingStep.Urgent, "2"), (FilingStep.Evidence, "1"), (FilingStep.Anonymity, "1"), (FilingStep.Reward, "2"),
    ];

    private async Task<FilingBrowser> ToStepAsync(FilingStep step)
    {
        var browser = await BeginAsync();
        foreach (var (_, said) in Way.TakeWhile(way => way.Step != step))
            await SayAsync(browser, said);
        (await ChatAsync(browser)).State.Step.ShouldBe(step);
        return browser;
    }

    private Task<FilingBrowser> ToCheckAsync() => ToStepAsync(FilingStep.Check);

    /// <summary>The last thing the service said ends so.</summary>
    private static void Ends(FilingBrowser browser, string words) =>
        string.Join(' ', browser.Page.QuerySelectorAll(".thread li").Last().TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain(words);

    private static ConversationPass PassOf(FilingBrowser browser) => ConversationPass.Parse(browser.ChatCookie).ShouldNotBeNull();

    private async Task<OpenChat> ChatAsync(FilingBrowser browser)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ChatTurns>().ReadAsync(PassOf(browser), TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    private async Task<DraftContent> DraftAsync(FilingBrowser browser) => (await app.Send(new ReadDraft(DraftPass.Parse(browser.DraftCookie)!)))!.Content;

    private Task<Report> ReportOfAsync(string number) => app.Read(db => db.Reports.AsNoTracking().SingleAsync(r => r.Number == number));
}

public sealed class ChatOnSqliteTests(SqliteApplication app) : ChatTests(app), IClassFixture<SqliteApplication>;

public sealed class ChatOnPostgresTests(PostgresApplication app) : ChatTests(app), IClassFixture<PostgresApplication>;
