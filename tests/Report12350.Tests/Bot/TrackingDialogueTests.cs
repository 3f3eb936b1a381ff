using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Bot.Dialogues;
using Report12350.Bot.Protocol;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Intake;
using Report12350.Tests.Edge;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;

namespace Report12350.Tests.Bot;

/// <summary>Following a report by conversation, over Direct Line.</summary>
public abstract class TrackingDialogueTests(ReportApplication app)
{
    private static readonly string[] ToEnd = ["1", "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样", "重大事故隐患", "人民路 20 号", "1", "2", "1", "1", "2", "1"];

    private static CancellationToken Gone => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filed_followed_written_to_answered_and_objected_to_in_conversations()
    {
        using var first = await DirectLineClient.BeginAsync(app);
        await first.WalkAsync(ToEnd);
        var shown = (await first.PollAsync()).Single(a => a.Text().Contains("查询码：", StringComparison.Ordinal)).Text().Split('\n');
        var (number, receipt) = (shown[0].Split('：')[1], shown[1].Split('：')[1]);
        await first.SayAsync("保存好了");
        var id = await app.Read(db => db.Reports.Where(r => r.Number == number).Select(r => r.Id).SingleAsync());
        var filed = new Filed(id, number, receipt, null);
        await app.AcceptAsync(filed);
        (await SaidAsync(first, "查进度")).ShouldContain("输入查询码");
        (await SaidAsync(first, receipt)).ShouldSatisfyAllConditions(
            told => told.ShouldContain($"举报编号：{number}"), told => told.ShouldContain("已受理，最迟"), told => told.ShouldContain("决定受理。"), told => told.ShouldContain("给经办人留言"));
        (await SaidAsync(first, "返回")).ShouldContain("已经关上");

        using var second = await DirectLineClient.BeginAsync(app);
        (await SaidAsync(second, $"查进度 {receipt}")).ShouldContain($"举报编号：{number}");
        (await SaidAsync(second, "留言")).ShouldContain("给经办人留言");
        (await SaidAsync(second, new string('长', 2001))).ShouldContain("最多 2000 字");
        (await SaidAsync(second, "昨晚又来了一车气瓶。")).ShouldContain("留言已加密保存");
        await app.ReplyAsync(filed, "<p>收到，<strong>今天</strong>去看。</p>");
        (await second.PollAsync()).ShouldContain(a => a.Text().Contains("新进展：", StringComparison.Ordinal), "followed from now on");
        (await SaidAsync(second, "进度")).ShouldSatisfyAllConditions(told => told.ShouldContain("经办人的新留言"), told => told.ShouldContain("收到，今天去看。"));
        (await SaidAsync(second, "进度")).ShouldNotContain("收到，今天去看。");
        (await SaidAsync(second, "看留言")).ShouldSatisfyAllConditions(told => told.ShouldContain("您：昨晚又来了一车气瓶。"), told => told.ShouldContain("收到，今天去看。"));
        (await app.ReportAsync(id)).Timeline.Count(e => e.Act == nameof(ReportAction.WriteToOfficers)).ShouldBe(1);

        await VerifyAsync(filed);
        (await SaidAsync(second, "进度")).ShouldSatisfyAllConditions(
            told => told.ShouldContain("反馈给您的四项内容"), told => told.ShouldContain("楼梯间有煤气瓶。"), told => told.ShouldContain("不同意可以在"), told => told.ShouldContain("提出异议"));
        (await SaidAsync(second, "异议")).ShouldContain("哪里不对？为什么？");
        (await SaidAsync(second, " ")).ShouldContain("请写明哪里不对");
        (await SaidAsync(second, "说清理了，今天通道还堵着。")).ShouldContain("异议已提交");
        var report = await app.ReportAsync(id);
        report.State.ShouldBe(ReportState.UnderReexamination);
        var objection = report.Timeline.Single(e => e.Act == nameof(ReportAction.Object));
        (await app.OpenAsync(receipt)).Text(objection).ShouldBe("说清理了，今天通道还堵着。");
        (await SaidAsync(second, "进度")).ShouldContain("正在复查，最迟");
        (await StateAsync(second)).Tracking.Offered.ShouldNotContain(TrackingChoice.Object);
        (await second.PollAsync()).ShouldAllBe(a => !a.Text().Contains("新进展：留言", StringComparison.Ordinal) && !a.Text().Contains("新进展：提出异议", StringComparison.Ordinal), "nobody is told what they did themselves");
    }

    [Fact]
    public async Task Withdrawing_says_what_is_lost_and_takes_a_second_answer()
    {
        var filed = await app.FileAsync();
        using var client = await FollowAsync(filed);
        var at = await NumberOfAsync(client, TrackingChoice.Withdraw);
        (await SaidAsync(client, at)).ShouldContain("您会失去");
        (await SaidAsync(client, at)).ShouldContain("没听懂", Case.Sensitive, "the number sent twice withdraws nothing");
        (await SaidAsync(client, "1")).ShouldContain("您还想做什么");
        (await app.ReportAsync(filed.Id)).WithdrawnAt.ShouldBeNull();
        await SaidAsync(client, at);
        (await SaidAsync(client, "2")).ShouldContain("已撤回。核查照常进行。");
        (await app.ReportAsync(filed.Id)).WithdrawnAt.ShouldNotBeNull();
        (await SaidAsync(client, "1")).ShouldContain("您已撤回举报");
        (await StateAsync(client)).Tracking.Offered.ShouldNotContain(TrackingChoice.Withdraw);
    }

    [Fact]
    public async Task The_reward_is_told_and_claimed_on_its_own_page_alone()
    {
        var filed = await app.FileAsync(claimCode: "荔枝渡口12350");
        using var client = await FollowAsync(filed);
        (await SaidAsync(client, "领奖")).ShouldContain("正在评审。");
        await app.Read(db => db.RewardClaims.Where(c => c.ReportId == filed.Id).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.State, RewardState.ClaimOpen).SetProperty(x => x.Amount, 3000m).SetProperty(x => x.VoteClosedAt, app.Time.GetUtcNow()).SetProperty(x => x.ClaimDueAt, app.Time.GetUtcNow().AddDays(60)), Gone));
        (await SaidAsync(client, "领奖")).ShouldSatisfyAllConditions(
            told => told.ShouldContain("可领取，截至"), told => told.ShouldContain("金额 3,000 元"), told => told.ShouldContain($"用举报编号 {filed.Number} 和领奖密码"));
        (await client.PollAsync()).ShouldContain(a => a.GetRawText().Contains("/claim\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_a_receipt_is_told_at_once_and_a_misread_one_is_answered_like_an_unknown_one()
    {
        var filed = await app.FileAsync();
        using var client = await DirectLineClient.BeginAsync(app);
        await client.SayAsync("查进度");
        (await SaidAsync(client, "12345")).ShouldContain("查询码是 25 位数字");
        (await SaidAsync(client, "1234512345123451234512346")).ShouldContain("有一位写错了");
        var unknown = await SaidAsync(client, Receipt.Generate().Digits);
        unknown.ShouldContain("没有找到这个查询码的举报");
        var misread = (from a in Enumerable.Range(0, 10) from b in Enumerable.Range(0, 10) let other = $"{a}{b}{filed.Receipt[2..]}" where other != filed.Receipt && Receipt.Check(other) is ReceiptProblem.None select other).First();
        (await SaidAsync(client, misread)).ShouldBe(unknown);
        (await StateAsync(client)).ShouldSatisfyAllConditions(s => s.Number.ShouldBeNull(), s => s.Tracking.Held.ShouldBeNull(), s => s.Tracking.Step.ShouldBe(TrackingStep.Receipt));
        (await SaidAsync(client, "1")).ShouldContain("开始前请知道");
    }

    [Fact]
    public async Task A_receipt_stands_in_no_log_wherever_and_however_it_is_typed()
    {
        var filed = await app.FileAsync();
        var fives = string.Join(' ', filed.Receipt.Chunk(5).Select(five => new string(five)));
        using var client = await DirectLineClient.BeginAsync(app);
        await client.WalkAsync(fives, "返回", $"查进度：{filed.Receipt}", "返回", "1", $"我的查询码是 {fives} 请查一下", "查进度", filed.Receipt[..24], filed.Receipt[..20] + "00000", fives);
        await client.AskAsync("POST", client.Own("/activities"), new { type = "message", text = filed.Receipt, value = filed.Receipt, channelData = new { clientActivityID = "r", kept = filed.Receipt } });
        var all = await client.PollAsync();
        all.ShouldContain(a => a.ClientId() == "r");
        var (run, spaced) = (filed.Receipt[..10], fives[..11]);
        all.ShouldAllBe(a => !a.GetRawText().Contains(run, StringComparison.Ordinal) && !a.GetRawText().Contains(spaced, StringComparison.Ordinal));
        (await StateAsync(client)).ToJson().ShouldNotContain(run);
    }

    [Fact]
    public async Task After_half_an_hour_the_report_is_closed_and_what_was_just_written_waits_for_the_receipt()
    {
        var (filed, other) = (await app.FileAsync(), await app.FileAsync());
        using var client = await FollowAsync(filed);
        app.Time.Advance(TimeSpan.FromMinutes(29));
        await SaidAsync(client, "留言");
        var state = await StateAsync(client);
        (await app.Send(new ReadHeldPass(state.Conversation, state.Tracking.Held))).ShouldNotBeNull();
        (await app.Send(new ReadHeldPass(Guid.NewGuid(), state.Tracking.Held))).ShouldBeNull();
        (await app.Send(new UseStreamTicket(state.Conversation, state.Tracking.Held))).ShouldBeNull("it opens no stream");
        (await app.Read(db => db.ConversationTickets.CountAsync(t => t.ConversationId == state.Conversation))).ShouldBe(1);
        app.Time.Advance(TimeSpan.FromMinutes(31));
        (await app.Send(new ReadHeldPass(state.Conversation, state.Tracking.Held))).ShouldBeNull();
        await app.Send(new CollectExpiredDrafts());
        (await app.Read(db => db.ConversationTickets.CountAsync(t => t.ConversationId == state.Conversation))).ShouldBe(0, "nothing at rest opens the report any more");
        (await SaidAsync(client, "昨晚又来了一车气瓶。")).ShouldSatisfyAllConditions(told => told.ShouldContain("30 分钟没有操作"), told => told.ShouldContain("您刚才写的内容还在"));
        (await StateAsync(client)).Tracking.Held.ShouldBeNull();
        (await SaidAsync(client, filed.Receipt)).ShouldSatisfyAllConditions(told => told.ShouldContain("还没有发出"), told => told.ShouldContain("昨晚又来了一车气瓶。"));
        (await SaidAsync(client, "1")).ShouldContain("留言已加密保存");
        (await app.ReportAsync(filed.Id)).Timeline.Count(e => e.Act == nameof(ReportAction.WriteToOfficers)).ShouldBe(1);

        await SaidAsync(client, "留言");
        app.Time.Advance(TimeSpan.FromMinutes(31));
        await SaidAsync(client, "只给这一件的话");
        (await SaidAsync(client, other.Receipt)).ShouldNotContain("只给这一件的话");
        (await StateAsync(client)).Tracking.Unsent.ShouldBeNull();
    }

    [Fact]
    public async Task Who_follows_another_report_sees_nothing_of_the_first()
    {
        var (filed, other) = (await app.FiledWithFeedbackAsync("只有第一件里的事实"), await app.FileAsync());
        using var first = await FollowAsync(filed);
        await first.WalkAsync("留言", "只有第一件里的话");
        using var second = await FollowAsync(other);
        await second.WalkAsync("看留言", "进度", "异议", "撤回");
        var all = await second.PollAsync();
        all.ShouldAllBe(a => !a.Text().Contains("只有第一件", StringComparison.Ordinal) && !a.Text().Contains(filed.Number, StringComparison.Ordinal));
        (await StateAsync(second)).Number.ShouldBe(other.Number);
        await app.AcceptAsync(other);
        (await first.PollAsync()).ShouldAllBe(a => !a.Text().Contains("新进展：", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_sent_again_after_the_turn_was_lost_is_sent_once()
    {
        var filed = await app.FileAsync();
        using var client = await FollowAsync(filed);
        await client.SayAsync("留言");
        await using var scope = app.Services.CreateAsyncScope();
        var dialogue = scope.ServiceProvider.GetRequiredService<Dialogue>();
        var before = (await StateAsync(client)).ToJson();
        foreach (var _ in Enumerable.Range(0, 2))
            await dialogue.TakeAsync(DialogueState.Parse(before), "昨晚又来了一车气瓶。", (key, _) => key, isChinese: true, Gone);
        (await app.ReportAsync(filed.Id)).Timeline.Count(e => e.Act == nameof(ReportAction.WriteToOfficers)).ShouldBe(1);
    }

    [Fact]
    public async Task On_a_channel_the_first_word_may_ask_for_it_and_its_history_is_warned_of()
    {
        var filed = await app.FileAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var turns = scope.ServiceProvider.GetRequiredService<ChannelTurns>();
        var pass = app.Services.GetRequiredService<ChannelPasses>().Of("test", "channel", filed.Number);
        async Task<string> TakeAsync(string said) =>
            string.Join('\n', (await turns.TakeAsync(pass, new Activity { Text = said }, Guid.NewGuid().ToString(), (key, values) => key, isChinese: true, Gone)).Replies.Select(reply => reply.Text));

        (await TakeAsync("查进度")).ShouldSatisfyAllConditions(told => told.ShouldContain("chat.channel"), told => told.ShouldContain("chat.track.hint.channel"), told => told.ShouldNotContain("chat.notice"));
        (await TakeAsync(filed.Receipt)).ShouldSatisfyAllConditions(told => told.ShouldContain("tracking.timeline.title"), told => told.ShouldNotContain("chat.track.followed"));
        var log = await scope.ServiceProvider.GetRequiredService<ChatTurns>().ReadAsync(pass, Gone);
        log!.Activities.ShouldAllBe(a => !a.ToJson().Contains(filed.Receipt, StringComparison.Ordinal));
    }

    private async Task VerifyAsync(Filed filed)
    {
        await app.ReferAsync(filed);
        await app.ConcludeAsync(filed, Finding.Unsubstantiated);
        await app.GiveFeedbackAsync(filed);
    }

    private async Task<DirectLineClient> FollowAsync(Filed filed)
    {
        var client = await DirectLineClient.BeginAsync(app);
        (await SaidAsync(client, filed.Receipt)).ShouldContain($"举报编号：{filed.Number}");
        return client;
    }

    /// <summary>Says it; what was answered, in one text, with the answers offered.</summary>
    private static async Task<string> SaidAsync(DirectLineClient client, string text)
    {
        var id = (await client.SayAsync(text)).GetProperty("id").GetString();
        return string.Join('\n', (await client.PollAsync()).Where(a => a.TryGetProperty("replyToId", out var to) && to.GetString() == id).Select(a => a.Text() + Offered(a)));
    }

    private static string Offered(JsonElement activity) => activity.TryGetProperty("suggestedActions", out var offered)
        ? string.Concat(offered.GetProperty("actions").EnumerateArray().Select(action => $"\n[{action.GetProperty("title").GetString()}]")) : "";

    private async Task<string> NumberOfAsync(DirectLineClient client, TrackingChoice choice) =>
        ((await StateAsync(client)).Tracking.Offered.ToList().IndexOf(choice) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<DialogueState> StateAsync(DirectLineClient client)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var pass = app.Services.GetRequiredService<ChatToken>().Read(client.Token).ShouldNotBeNull().Pass;
        return (await scope.ServiceProvider.GetRequiredService<ChatTurns>().ReadAsync(pass, Gone, int.MaxValue)).ShouldNotBeNull().State;
    }
}

public sealed class TrackingDialogueOnSqliteTests(SqlitePort app) : TrackingDialogueTests(app), IClassFixture<SqlitePort>;

public sealed class TrackingDialogueOnPostgresTests(PostgresPort app) : TrackingDialogueTests(app), IClassFixture<PostgresPort>;

/// <summary>A receipt tried over Direct Line costs what one tried on the page costs.</summary>
public sealed class ReceiptUnderFloodTests(FloodedApplication app) : IClassFixture<FloodedApplication>
{
    [Fact]
    public async Task Under_flood_a_receipt_waits_its_turn_and_other_words_do_not()
    {
        using var browser = app.Browser();
        var token = await PostAsync(browser, "/v3/directline/tokens/generate", """{"user":{"id":"dl_x"}}""");
        var said = JsonDocument.Parse(await token.TextAsync()).RootElement;
        browser.DefaultRequestHeaders.Authorization = new("Bearer", said.GetProperty("token").GetString());
        var own = $"/v3/directline/conversations/{said.GetProperty("conversationId").GetString()}/activities";
        await PostAsync(browser, own, """{"type":"message","text":"查进度"}""");
        app.Rise();
        var turns = await app.BusyAsync();
        (await PostAsync(browser, own, """{"type":"message","text":"帮助"}""")).EnsureSuccessStatusCode();
        var tried = PostAsync(browser, own, $$"""{"type":"message","text":"{{Receipt.Generate().Digits}}"}""");
        (await PostAsync(browser, own, """{"type":"message","text":"12345"}""")).EnsureSuccessStatusCode();
        tried.IsCompleted.ShouldBeFalse();
        turns.ForEach(turn => turn.Dispose());
        (await tried).EnsureSuccessStatusCode();
        app.Calm();
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, string body) =>
        browser.PostAsync(address, DirectLineClient.Json(body), TestContext.Current.CancellationToken);
}
