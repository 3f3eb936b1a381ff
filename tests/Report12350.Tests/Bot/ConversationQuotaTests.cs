using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Bot.Dialogues;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Intake;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tests.Web;
using Report12350.Web.Security;

namespace Report12350.Tests.Bot;

/// <summary>What one conversation may take, on every face of it: it is refused in words that say where to go on, and all that was said stays.</summary>
public abstract class ConversationQuotaTests(ReportApplication app, BotCloud cloud)
{
    private const string First = "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样";
    private static readonly string[] ToEvidence = ["1", First, "重大事故隐患", "人民路 20 号", "1", "2"];

    private static CancellationToken Gone => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_who_files_and_follows_comes_near_it()
    {
        using var client = await DirectLineClient.BeginAsync(app.Browser());
        await client.WalkAsync([.. ToEvidence, "1", "1", "2", "1"]);
        var filed = await StateAsync(PassOf(client));
        var other = await app.FileAsync();
        await client.WalkAsync("我已保存编号和查询码", other.Receipt, "留言", new string('煤', 2000), "进度", "看留言", "返回");
        var state = await StateAsync(PassOf(client));
        filed.Step.ShouldBe(FilingStep.Filed);
        state.Tracking.Step.ShouldBe(TrackingStep.Away);
        state.Lines.ShouldBeLessThan(ConversationQuota.Activities / 10);
        state.Size.ShouldBeLessThan(ConversationQuota.Bytes / 10);
    }

    [Theory]
    [InlineData("zh-CN", "都还在")]
    [InlineData("en", "All you said is kept")]
    public async Task Said_too_often_over_Direct_Line_it_is_told_once_refused_for_good_and_still_to_be_read(string language, string words)
    {
        var browser = app.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", $"lang={language}");
        using var client = await DirectLineClient.BeginAsync(browser);
        await client.WalkAsync("1", First);
        while ((await StateAsync(PassOf(client))).Lines < ConversationQuota.Activities)
            await client.SayAsync("帮助");

        var all = await client.PollAsync();
        all.Count.ShouldBeLessThan(ConversationQuota.Activities + 20);
        all.Count(a => a.Text().Contains(words, StringComparison.Ordinal)).ShouldBe(1);
        all[^1].ShouldSatisfyAllConditions(a => a.Role().ShouldBe("bot"), a => a.Text().ShouldContain(app.Profile.Hotline), a => a.GetRawText().ShouldContain("/report\""));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var refused = (await client.AskAsync("POST", client.Own("/activities"), new { type = "message", text = "1" }, HttpStatusCode.TooManyRequests)).GetProperty("error");
            refused.GetProperty("code").GetString().ShouldBe("LimitExceeded");
            refused.GetProperty("message").GetString()!.ShouldSatisfyAllConditions(told => told.ShouldContain(words), told => told.ShouldContain(app.Profile.Hotline));
        }

        using (var photo = FilingWalk.Png("1"))
        using (var answer = await client.SendAsync("POST", client.Own("/upload?userId=dl_tester"), photo))
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await client.PollAsync()).Count.ShouldBe(all.Count);
        var draft = await DraftAsync(await StateAsync(PassOf(client)));
        (draft.Answers.Narrative, draft.Files.Count).ShouldBe((First, 0));
    }

    [Fact]
    public async Task Too_many_bytes_are_refused_like_too_many_words()
    {
        using var client = await DirectLineClient.BeginAsync(app.Browser());
        var said = 0;
        while ((await StateAsync(PassOf(client))).Size < ConversationQuota.Bytes)
        {
            await client.AskAsync("POST", client.Own("/activities"), new { type = "event", name = "webchat/join", value = new string('x', 60_000) });
            said++;
        }

        said.ShouldBeLessThan(2 + (ConversationQuota.Bytes / 60_000));
        await client.AskAsync("POST", client.Own("/activities"), new { type = "message", text = "1" }, HttpStatusCode.TooManyRequests);
        (await client.PollAsync())[^1].Text().ShouldContain("只能到这里");
    }

    [Fact]
    public async Task Files_are_counted_together_though_they_were_left_out_again()
    {
        using var client = await DirectLineClient.BeginAsync(app.Browser());
        await client.WalkAsync(ToEvidence);
        await UploadAsync(client);
        var state = await StateAsync(PassOf(client));
        var taken = (await DraftAsync(state)).Files.Values.Single().Length;
        state.FileBytes.ShouldBe(taken);
        await ChangeAsync(PassOf(client), full => full.FileBytes = (app.Profile.Uploads.MaxReportBytes * ConversationQuota.FilesTimesReport) - 1);
        await UploadAsync(client);
        await UploadAsync(client);
        (await DraftAsync(state)).Files.Count.ShouldBe(2, "the one that goes over is the last");
        (await client.PollAsync())[^1].Text().ShouldSatisfyAllConditions(told => told.ShouldContain("文件太多了"), told => told.ShouldContain(app.Profile.Hotline));
        await client.SayAsync("1");
        (await StateAsync(PassOf(client))).Step.ShouldBe(FilingStep.Anonymity, "the conversation goes on without them");
    }

    [Fact]
    public async Task On_the_plain_page_the_words_stay_in_the_field_and_the_form_goes_on_with_what_was_said()
    {
        using var browser = await new FilingBrowser(app).OpenAsync("/chat");
        foreach (var said in ToEvidence)
            await browser.SendAsync(("Text", said));
        var form = new MultipartFormDataContent { { new StringContent(browser.Token), "form-token" } };
        form.Add(FilingWalk.Png("1"), "Files", "现场.png");
        var pass = ConversationPass.Parse(browser.ChatCookie).ShouldNotBeNull();
        await ChangeAsync(pass, full => full.Size = ConversationQuota.Bytes);
        await browser.SendAsync(("Text", "还有一句"));
        browser.ErrorOf("Text").ShouldNotBeNull().ShouldContain("改用表单接着填");
        browser.ValueOf("Text")!.Trim().ShouldBe("还有一句");
        using (var sent = await browser.Client.PostAsync("/chat/files", form, Gone))
            sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await browser.OpenAsync("/chat");
        browser.ErrorOf("Files").ShouldNotBeNull().ShouldContain("太长了");
        browser.Page.QuerySelector("a[href='/report']").ShouldNotBeNull();
        await browser.OpenAsync("/report/unit");
        browser.ValueOf("Unit").ShouldBe("好再来饭店");
    }

    [Fact]
    public async Task On_a_channel_of_others_each_word_is_answered_with_the_form_and_the_hotline()
    {
        using var person = new ChannelPerson(app, cloud, "quota");
        await person.WalkAsync(["你好", .. ToEvidence]);
        var pass = app.Services.GetRequiredService<ChannelPasses>().Of("channels", "test", "quota", "citizen");
        await ChangeAsync(pass, full => full.Size = ConversationQuota.Bytes - 1);
        var last = (await person.SayAsync("帮助"))[^1];
        await StaysAsync(pass, async () =>
        {
            var refused = (await person.SayAsync("还有一句")).ShouldHaveSingleItem();
            refused.Text().ShouldBe(last.Text());
            refused.Text().ShouldSatisfyAllConditions(told => told.ShouldContain("只能到这里"), told => told.ShouldContain(app.Profile.Hotline));
            refused.GetRawText().ShouldContain("https://localhost/report");
        });
    }

    [Fact]
    public async Task On_WeChat_too()
    {
        using var person = new WeChatPerson(app, "quota");
        await person.WalkAsync(["你好", .. ToEvidence]);
        var pass = app.Services.GetRequiredService<ChannelPasses>().Of("wechat", WeChatApplication.Account, "quota");
        await ChangeAsync(pass, full => full.Size = ConversationQuota.Bytes);
        await StaysAsync(pass, async () => (await person.SayAsync("还有一句")).ShouldSatisfyAllConditions(
            told => told.ShouldContain("只能到这里"), told => told.ShouldContain(app.Profile.Hotline), told => told.ShouldContain("https://localhost/report")));
    }

    [Fact]
    public async Task Leaves_to_open_a_stream_that_nobody_uses_are_few()
    {
        using var client = await DirectLineClient.BeginAsync(app.Browser());
        for (var at = 0; at < ConversationQuota.StreamTickets; at++)
            (await client.AskAsync("GET", client.Own())).GetProperty("streamUrl").GetString()!.ShouldStartWith("wss://localhost/v3/directline/", Case.Sensitive, "an https site's streams are as safe");
        (await client.AskAsync("GET", client.Own(), status: HttpStatusCode.TooManyRequests)).GetProperty("error").GetProperty("code").GetString().ShouldBe("TooManyRequests");
        await client.SayAsync("1");
        app.Time.Advance(ConversationTicket.Life + TimeSpan.FromSeconds(1));
        await client.AskAsync("GET", client.Own());
    }

    private async Task StaysAsync(ConversationPass pass, Func<Task> act)
    {
        var before = (await app.Send(new ReadConversation(pass))).ShouldNotBeNull();
        await act();
        await act();
        (await app.Send(new ReadConversation(pass))).ShouldNotBeNull().ShouldSatisfyAllConditions(now => now.State.ShouldBe(before.State), now => now.Activities.ShouldBe(before.Activities));
        (await DraftAsync(DialogueState.Parse(before.State))).Answers.Narrative.ShouldBe(First);
    }

    private static async Task UploadAsync(DirectLineClient client)
    {
        using var photo = FilingWalk.Png(Guid.NewGuid().ToString());
        photo.Headers.ContentType = new("image/png");
        photo.Headers.ContentDisposition = new("attachment") { FileNameStar = "现场.png" };
        using var answer = await client.SendAsync("POST", client.Own("/upload?userId=dl_tester"), photo);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
    }

    private ConversationPass PassOf(DirectLineClient client) => app.Services.GetRequiredService<ChatToken>().Read(client.Token).ShouldNotBeNull().Pass;

    private async Task<DialogueState> StateAsync(ConversationPass pass) => DialogueState.Parse((await app.Send(new ReadConversation(pass, int.MaxValue))).ShouldNotBeNull().State);

    private async Task ChangeAsync(ConversationPass pass, Action<DialogueState> change)
    {
        var open = (await app.Send(new ReadConversation(pass, int.MaxValue))).ShouldNotBeNull();
        var state = DialogueState.Parse(open.State);
        change(state);
        await app.Send(new RecordTurn(pass, open.Version, state.Lines, state.ToJson(), []));
    }

    private async Task<DraftContent> DraftAsync(DialogueState state) => (await app.Send(new ReadDraft(DraftPass.Parse(state.Draft)!))).ShouldNotBeNull().Content;
}

public sealed class ConversationQuotaOnSqliteTests(EveryFaceOnSqlite app) : ConversationQuotaTests(app, app.Cloud), IClassFixture<EveryFaceOnSqlite>;

public sealed class ConversationQuotaOnPostgresTests(EveryFaceOnPostgres app) : ConversationQuotaTests(app, app.Cloud), IClassFixture<EveryFaceOnPostgres>;

/// <summary>A receipt tried on a channel of others is counted by the person there, and under flood takes its turn.</summary>
public sealed class ChannelReceiptUnderFloodTests(FloodedFaces app) : IClassFixture<FloodedFaces>
{
    [Theory]
    [InlineData("channel")]
    [InlineData("wechat")]
    public async Task Who_tries_many_waits_in_line_and_the_next_person_does_not(string face)
    {
        using var channel = new ChannelPerson(app, app.Cloud, $"flood-{face}");
        using var other = new ChannelPerson(app, app.Cloud, $"other-{face}");
        using var writer = new WeChatPerson(app, $"flood-{face}");
        using var reader = new WeChatPerson(app, $"other-{face}");
        async Task<string> SayAsync(bool isOther, string text) => face == "wechat" ? await (isOther ? reader : writer).SayAsync(text)
            : string.Join('\n', (await (isOther ? other : channel).SayAsync(text)).Select(a => a.Text()));

        await SayAsync(isOther: false, "查进度");
        await SayAsync(isOther: true, "查进度");
        for (var at = 0; at < FloodedFaces.Calm; at++)
            (await SayAsync(isOther: false, Receipt.Generate().Digits)).ShouldContain("没有找到这个查询码");
        List<IDisposable> turns = [];
        for (var at = 0; at < SlowLane.AtOnce; at++)
            turns.Add((await app.Services.GetRequiredService<SlowLane>().EnterAsync(99, "busy", 1, TestContext.Current.CancellationToken))!);

        var tried = SayAsync(isOther: false, Receipt.Generate().Digits);
        (await SayAsync(isOther: true, Receipt.Generate().Digits)).ShouldContain("没有找到这个查询码");
        tried.IsCompleted.ShouldBeFalse();
        turns.ForEach(turn => turn.Dispose());
        (await tried).ShouldContain("没有找到这个查询码");
        await SayAsync(isOther: false, "返回");
        app.Time.Advance(TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_and_may_send_the_same_again()
    {
        using var person = new WeChatPerson(app, "patient");
        await person.SayAsync("查进度");
        for (var at = 0; at < FloodedFaces.Calm; at++)
            await person.SayAsync(Receipt.Generate().Digits);
        var lane = app.Services.GetRequiredService<SlowLane>();
        List<IDisposable> turns = [];
        for (var at = 0; at < SlowLane.AtOnce; at++)
            turns.Add((await lane.EnterAsync(99, "busy", 1, TestContext.Current.CancellationToken))!);
        var same = person.Written(Receipt.Generate().Digits);
        var tried = person.AskAsync(same);
        while (lane.Waiting == 0)
            await Task.Yield();
        app.Time.Advance(TimeSpan.FromMinutes(1));
        (await tried).ShouldContain("这一句没有收到");
        turns.ForEach(turn => turn.Dispose());
        (await person.AskAsync(same)).ShouldContain("没有找到这个查询码");
        app.Time.Advance(TimeSpan.FromMinutes(20));
    }
}
