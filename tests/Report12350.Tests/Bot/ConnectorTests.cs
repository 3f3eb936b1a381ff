using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Confidentiality;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;

namespace Report12350.Tests.Bot;

/// <summary>The site beside a bot cloud and a parent bot, on SQLite.</summary>
public sealed class BotApplication : SqliteApplication
{
    public BotCloud Cloud { get; private set; } = null!;

    public ParentBot Parent { get; private set; } = null!;

    protected override bool OnAPort => true;

    public override async ValueTask InitializeAsync()
    {
        Cloud = await BotCloud.StartAsync();
        Parent = await ParentBot.StartAsync(Cloud);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Parent.DisposeAsync();
        await Cloud.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        Cloud.Configure(builder, Parent.ServiceUrl.ToString());
    }
}

/// <summary>Channels of the Bot Framework and other bots, over real HTTP, with tokens looked at.</summary>
public sealed class ConnectorTests(BotApplication app) : IClassFixture<BotApplication>
{
    private const string First = "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样";
    private static readonly string[] ToEvidence = ["1", First, "重大事故隐患", "人民路 20 号", "1", "2"];
    private static readonly string[] ToEnd = ["1", "1", "2", "1"];

    private BotCloud Cloud => app.Cloud;

    private static (string, string) Service(string address) => ("serviceurl", address);

    /// <summary>One thing different from a token in order, each; and whether it is let in.</summary>
    private Dictionary<string, (string Authorization, bool IsIn)> Tokens()
    {
        var now = app.Time.GetUtcNow();
        var own = Cloud.ServiceUrl;
        string Channel(SecurityKey? key = null, string issuer = BotCloud.ChannelIssuer, string? audience = BotCloud.App, string? service = null, (DateTimeOffset, DateTimeOffset)? time = null) =>
            $"Bearer {BotCloud.Token(key ?? Cloud.ChannelKey, issuer, audience, time ?? BotCloud.Always, Service(service ?? own))}";
        string Bot(SecurityKey key, string audience, params (string, string)[] claims) => $"Bearer {BotCloud.Token(key, BotCloud.LoginIssuer, audience, BotCloud.Always, claims)}";
        string Minutes(int from, int until) => Channel(time: (now.AddMinutes(from), now.AddMinutes(until)));
        var modulus = new SymmetricSecurityKey(Cloud.ChannelKey.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "channel" };
        var good = Channel();
        var parts = good.Split('.');
        return new(StringComparer.Ordinal)
        {
            ["in order"] = (good, true),
            ["expired four minutes ago"] = (Minutes(-60, -4), true),
            ["good in four minutes"] = (Minutes(4, 60), true),
            ["none"] = ("", false),
            ["empty"] = ("Bearer ", false),
            ["another scheme"] = ($"Basic {good[7..]}", false),
            ["no token at all"] = ("Bearer abc", false),
            ["rubbish in three parts"] = ("Bearer a.b.c", false),
            ["too long"] = ($"Bearer {new string('a', 20_000)}.{parts[1]}.{parts[2]}", false),
            ["forged: another key by that name"] = (Channel(BotCloud.NewKey("channel")), false),
            ["forged: another body"] = ($"{parts[0]}.{Channel(service: own + "x").Split('.')[1]}.{parts[2]}", false),
            ["a key nobody publishes"] = (Channel(BotCloud.NewKey("unknown")), false),
            ["expired"] = (Minutes(-60, -6), false),
            ["not yet good"] = (Minutes(6, 60), false),
            ["for another app"] = (Channel(audience: "another-bot"), false),
            ["for nobody"] = (Channel(audience: null), false),
            ["another issuer"] = (Channel(issuer: "https://elsewhere.example"), false),
            ["another service address"] = (Channel(service: "https://evil.example/"), false),
            ["a key that speaks for another channel"] = (Channel(Cloud.OtherKey), false),
            ["no service address"] = ($"Bearer {BotCloud.Token(Cloud.ChannelKey, BotCloud.ChannelIssuer, BotCloud.App, BotCloud.Always)}", false),
            ["alg none"] = ($"Bearer {BotCloud.Token((SigningCredentials?)null, BotCloud.ChannelIssuer, BotCloud.App, BotCloud.Always, Service(own))}", false),
            ["alg none that names the key"] = ($"Bearer {Encoded("""{"alg":"none","kid":"channel","typ":"JWT"}""")}.{parts[1]}.", false),
            ["HS256 with the public key"] = ($"Bearer {BotCloud.Token(new SigningCredentials(modulus, SecurityAlgorithms.HmacSha256), BotCloud.ChannelIssuer, BotCloud.App, BotCloud.Always, Service(own))}", false),
            ["the bots' key for a channel"] = (Channel(Cloud.LoginKey), false),
            ["the channels' key for a bot"] = (Bot(Cloud.ChannelKey, BotCloud.App, ("ver", "2.0"), ("azp", BotCloud.Parent)), false),
            ["a bot we know that wants its answer elsewhere"] = (Bot(Cloud.LoginKey, BotCloud.App, ("ver", "2.0"), ("azp", BotCloud.Parent), Service(own)), false),
            ["a bot we don't know"] = (Bot(Cloud.LoginKey, BotCloud.App, ("ver", "2.0"), ("azp", "stranger"), Service(own)), false),
            ["our own token"] = (Bot(Cloud.LoginKey, BotCloud.Parent, ("ver", "2.0"), ("azp", BotCloud.App)), false),
        };
    }

    [Fact]
    public async Task Tokens_are_looked_at_and_nothing_is_called_or_kept_without_a_good_one()
    {
        foreach (var (what, (authorization, isIn)) in Tokens())
        {
            using var person = new ChannelPerson(app, Cloud, $"tokens {what}");
            var (calls, conversations) = (Cloud.Calls.Count, await CountAsync());
            var activity = person.Activity("1");
            activity["deliveryMode"] = null;
            using var answer = await person.PostAsync(activity, authorization);

            answer.StatusCode.ShouldBe(isIn ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, what);
            (Cloud.Calls.Count > calls).ShouldBe(isIn, what);
            (await CountAsync()).ShouldBe(conversations + (isIn ? 1 : 0), what);
        }
    }

    [Fact]
    public async Task A_bot_we_know_is_answered_where_the_configuration_says_only()
    {
        var token = BotCloud.Token(Cloud.LoginKey, BotCloud.LoginIssuer, BotCloud.App, BotCloud.Always, ("ver", "1.0"), ("appid", BotCloud.Parent));
        using var person = new ChannelPerson(app, Cloud, "bot") { Token = token };
        foreach (var (address, status) in new[] { (app.Parent.ServiceUrl.ToString(), 200), (Cloud.ServiceUrl, 401), ("https://169.254.169.254/", 401), (app.Parent.ServiceUrl + "/more", 401) })
        {
            var activity = person.Activity("1");
            activity["serviceUrl"] = address;
            using var answer = await person.PostAsync(activity);
            ((int)answer.StatusCode).ShouldBe(status, address);
        }
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("""{"type":"message"}""", 400)]
    [InlineData("long", 413)]
    public async Task What_is_no_activity_is_refused(string body, int status)
    {
        using var person = new ChannelPerson(app, Cloud, "odd");
        using var answer = await person.PostAsync(body == "long" ? $$"""{"text":"{{new string('长', 100_000)}}"}""" : body);
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("event", 200)]
    [InlineData("typing", 200)]
    [InlineData("messageReaction", 200)]
    [InlineData("endOfConversation", 200)]
    [InlineData("somethingNew", 200)]
    [InlineData("invoke", 501)]
    public async Task What_is_no_message_is_heard_and_not_answered(string type, int status)
    {
        using var person = new ChannelPerson(app, Cloud, $"type {type}");
        using var answer = await person.PostAsync(person.Activity(null, type));
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(status == 200 ? """{"activities":[]}""" : "");
    }

    [Fact]
    public async Task Who_comes_is_greeted_once_and_told_what_the_platform_sees_and_in_danger_told_whom_to_call_first()
    {
        using var person = new ChannelPerson(app, Cloud, "greeted");
        var came = person.Activity(null, "conversationUpdate");
        came["membersAdded"] = new[] { new { id = "bot" }, new { id = "citizen" } };
        var greeting = await person.AskAsync(came);
        greeting.ConvertAll(a => a.Text()).ShouldBe((await person.AskAsync(came)).ConvertAll(a => a.Text()), "sent again, the same");
        (greeting[0].Text(), greeting[1].Text()).ShouldSatisfyAllConditions(t => t.Item1.ShouldContain("自动服务"), t => t.Item2.ShouldContain("平台也会留着"));
        greeting[1].GetRawText().ShouldContain($"{app.NamedSite}report");
        came["id"] = "another";
        (await person.AskAsync(came)).ShouldBeEmpty("they were greeted");
        (await person.SayAsync("1"))[^1].Text().ShouldContain("发生了什么");
        using var other = new ChannelPerson(app, Cloud, "greeted", "somebody else");
        (await other.SayAsync("着火了，有人被困"))[0].Text().ShouldContain("119");
        var group = person.Activity("1");
        group["conversation"] = new { id = "greeted", isGroup = true };
        (await person.AskAsync(group)).Single().Text().ShouldContain("不要在群里");
        using var english = new ChannelPerson(app, Cloud, "english");
        var hello = english.Activity("hello");
        hello["locale"] = "en-GB";
        (await english.AskAsync(hello))[0].Text().ShouldContain("automatic service");
    }

    [Fact]
    public async Task What_is_told_and_sent_before_the_greeting_is_kept()
    {
        using var person = new ChannelPerson(app, Cloud, "at once");
        var said = person.Activity(First);
        said["attachments"] = new[] { new { contentType = "image/png", name = "现场.png", contentUrl = $"{Cloud.Address.GetLeftPart(UriPartial.Authority)}/files/photo.png" } };
        var greeting = (await person.AskAsync(said)).ConvertAll(a => a.Text());
        greeting.ShouldBe((await person.AskAsync(said)).ConvertAll(a => a.Text()), "sent again, the same");
        greeting.Count.ShouldBe(5);
        greeting.ShouldSatisfyAllConditions(
            g => g[0].ShouldContain("自动服务"), g => g[1].ShouldContain("平台也会留着"), g => g[2].ShouldContain("记下了"), g => g[3].ShouldContain("一共 1 个文件"), g => g[4].ShouldContain("开始前请知道"));
        var told = await DraftAsync(Pass("at once"));
        (told.Answers.Narrative, told.Files.Values.Single().Name).ShouldBe((First, "现场.png"));
        string.Join('\n', (await person.SayAsync("1")).ConvertAll(a => a.Text())).ShouldSatisfyAllConditions(t => t.ShouldContain("公平镇"), t => t.ShouldNotContain("发生了什么"));
    }

    [Theory]
    [InlineData("12345 67890 12345 67890 12345")]
    [InlineData("查进度")]
    public async Task Who_comes_to_follow_a_report_has_told_nothing(string opening)
    {
        using var person = new ChannelPerson(app, Cloud, $"comes back {opening}");
        await person.SayAsync(opening);
        (await DraftAsync(Pass($"comes back {opening}"))).Answers.Narrative.ShouldBeNull();
    }

    [Fact]
    public async Task A_place_that_comes_first_is_where_it_is_and_no_story()
    {
        const string Place = "后门 (22.81120, 115.20000 WGS-84)";
        using var person = new ChannelPerson(app, Cloud, "placed");
        var came = person.Activity(null);
        came["entities"] = new object[] { new { type = "clientInfo" }, new { type = "GeoCoordinates", name = "后门", latitude = 22.8112, longitude = 115.2 } };
        (await person.AskAsync(came)).ConvertAll(a => a.Text()).ShouldSatisfyAllConditions(g => g[0].ShouldContain("自动服务"), g => g[^2].ShouldContain("记下了"));
        Report12350.Bot.Protocol.Activity.Parse((await app.Send(new ReadConversation(Pass("placed"))))!.Activities[0]).Text.ShouldBe(Place);
        (await person.SayAsync("1"))[^1].Text().ShouldContain("发生了什么");
        var answers = (await DraftAsync(Pass("placed"))).Answers;
        (answers.Narrative, answers.Place).ShouldBe((null, Place));
    }

    [Fact]
    public async Task The_same_message_sent_again_or_twice_at_once_is_one_turn_and_gets_the_same_answer()
    {
        using var person = new ChannelPerson(app, Cloud, "again");
        await person.WalkAsync("你好", "1");
        var said = person.Activity(First);
        var answers = await Task.WhenAll(person.AskAsync(said), person.AskAsync(said), person.AskAsync(said));
        answers[0].ShouldNotBeEmpty();
        foreach (var answer in answers)
            answer.ConvertAll(a => a.GetRawText()).ShouldBe(answers[0].ConvertAll(a => a.GetRawText()));
        await person.WalkAsync([.. ToEvidence[2..], .. ToEnd[..3]]);
        var before = await app.Read(db => db.Reports.CountAsync());
        var last = person.Activity("1");
        var filed = await person.AskAsync(last);
        ReceiptIn(await person.AskAsync(last)).ShouldBe(ReceiptIn(filed));
        (await app.Read(db => db.Reports.CountAsync())).ShouldBe(before + 1);
        var saved = person.Activity("保存好了");
        (await person.AskAsync(saved))[^1].GetProperty("type").GetString().ShouldBe("endOfConversation");
        (await person.AskAsync(saved))[^1].GetProperty("type").GetString().ShouldBe("endOfConversation");
        var five = ReceiptIn(filed).Receipt[..5];
        (await person.AskAsync(last)).ShouldAllBe(a => !a.GetRawText().Contains(five, StringComparison.Ordinal));
        (await person.SayAsync("还有一件事"))[0].Text().ShouldContain("自动服务");
    }

    [Fact]
    public async Task An_answer_that_was_not_taken_is_brought_again_when_the_message_is_sent_again()
    {
        using var person = new ChannelPerson(app, Cloud, "lost");
        var said = person.Activity("你好");
        said["deliveryMode"] = null;
        Cloud.Refusing = 1;
        using (var refused = await person.PostAsync(said))
            refused.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        using (var taken = await person.PostAsync(said))
            taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answers = Cloud.Calls.Where(call => call.Path == "/service/v3/conversations/lost/activities/1").ToList();
        answers.Count.ShouldBeGreaterThan(2);
        answers[0].Body.ShouldBe(answers[1].Body);
        var answer = JsonDocument.Parse(answers[1].Body).RootElement;
        (answer.GetProperty("replyToId").GetString(), answer.GetProperty("recipient").GetProperty("id").GetString(), answer.GetProperty("from").GetProperty("id").GetString(), answer.GetProperty("textFormat").GetString())
            .ShouldBe(("1", "citizen", "bot", "plain"));
    }

    [Fact]
    public async Task Files_come_from_the_service_itself_only_and_go_into_the_draft_by_the_forms_rules()
    {
        using var person = new ChannelPerson(app, Cloud, "files");
        await person.WalkAsync(["你好", .. ToEvidence]);
        var said = person.Activity(null);
        var here = Cloud.Address.GetLeftPart(UriPartial.Authority);
        said["attachments"] = new object[]
        {
            new { contentType = "image/png", name = "现场.png", contentUrl = $"{here}/files/photo.png" },
            new { contentType = "image/png", name = "搬走.png", contentUrl = $"{here}/files/moved.png" },
            new { contentType = "image/png", name = "别处.png", contentUrl = $"http://localhost:{Cloud.Address.Port}/files/photo.png" },
            new { contentType = "image/png", name = "云.png", contentUrl = "http://169.254.169.254/latest/meta-data" },
            new { contentType = "image/png", name = "文件.png", contentUrl = "file:///etc/passwd" },
            new { contentType = "image/png", name = "大.png", contentUrl = $"{here}/files/big.png" },
            new { contentType = "image/png", name = "假.png", contentUrl = $"{here}/files/program" },
            new { contentType = "text/html", content = "<p>1</p>" },
        };
        int Fetched() => Cloud.Calls.Count(call => call.Path == "/files/photo.png");
        var before = Fetched();
        var heard = await person.AskAsync(said);
        heard.ConvertAll(a => a.GetRawText()).ShouldBe((await person.AskAsync(said)).ConvertAll(a => a.GetRawText()));
        var pass = Pass("files");
        var draft = await DraftAsync(pass);
        var words = string.Join('\n', heard.Select(a => a.Text()));
        draft.Files.Values.Select(f => f.Name).ShouldBe(["现场.png"], words);
        words.ShouldSatisfyAllConditions(
            w => w.ShouldContain("“搬走.png”没有取到"), w => w.ShouldContain("“别处.png”没有取到"), w => w.ShouldContain("“云.png”没有取到"), w => w.ShouldContain("“文件.png”没有取到"),
            w => w.ShouldContain("大.png"), w => w.ShouldContain("假.png"), w => w.ShouldContain("一共 1 个文件"));
        Fetched().ShouldBe(before + 1, "sent again nothing is fetched again");
        (await app.Send(new ReadConversation(pass)))!.Activities.ShouldAllBe(line => !line.Contains("/files/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_throws_away_what_was_not_sent_and_nobody_elses_names_open_it()
    {
        using var person = new ChannelPerson(app, Cloud, "ended");
        await person.WalkAsync("你好", "1", First);
        var draft = DraftPass.Parse(Report12350.Bot.Dialogues.DialogueState.Parse((await app.Send(new ReadConversation(Pass("ended"))))!.State).Draft)!;
        (await app.Send(new ReadDraft(draft))).ShouldNotBeNull();
        using var other = new ChannelPerson(app, Cloud, "ended", "other");
        (await other.SayAsync("1"))[0].Text().ShouldContain("自动服务");
        await person.AskAsync(person.Activity(null, "endOfConversation"));
        (await app.Send(new ReadConversation(Pass("ended")))).ShouldBeNull();
        (await app.Send(new ReadDraft(draft))).ShouldBeNull();
        (await other.SayAsync("1"))[^1].Text().ShouldContain("发生了什么");
        app.Time.Advance(TimeSpan.FromHours(25));
        (await other.SayAsync("1"))[0].Text().ShouldContain("自动服务");
    }

    [Fact]
    public void Row_and_key_are_made_of_every_name_and_of_the_ring()
    {
        using var ring = new TempRing();
        using var otherRing = new TempRing();
        var passes = new ChannelPasses(ring.Ring);
        var pass = passes.Of("channels", "test", "a", "b");
        passes.Of("channels", "test", "a", "b").ToCookie().ShouldBe(pass.ToCookie());
        foreach (var other in new[] { passes.Of("bot", "test", "a", "b"), passes.Of("channels", "msteams", "a", "b"), passes.Of("channels", "test", "ab", ""), passes.Of("channels", "test", "a", "c"), new ChannelPasses(otherRing.Ring).Of("channels", "test", "a", "b") })
        {
            other.Id.ShouldNotBe(pass.Id);
            other.Key.ShouldNotBe(pass.Key);
        }
    }

    [Theory]
    [InlineData("expectReplies")]
    [InlineData("normal")]
    public async Task A_parent_on_Microsofts_own_library_calls_ours_as_a_skill_to_number_and_receipt_and_follows_the_report(string mode)
    {
        async Task<List<JsonElement>> BringAsync(string text, bool photo = false) => await app.Parent.BringAsync(app.Site, mode, text, photo);
        (await BringAsync("你好"))[0].Text().ShouldContain("自动服务");
        foreach (var text in ToEvidence)
            (await BringAsync(text)).ShouldNotBeEmpty();
        (await BringAsync("", photo: true))[0].Text().ShouldContain("一共 1 个文件");
        foreach (var text in ToEnd[..3])
            (await BringAsync(text)).ShouldNotBeEmpty();
        var (number, receipt) = ReceiptIn(await BringAsync("1"));
        var report = await app.Read(db => db.Reports.AsNoTracking().SingleAsync(r => r.Number == number));
        (report.Channel, (await app.OpenAsync(receipt)).Content<ReportAnswers>(report).FileHashes.Count).ShouldBe((Channel.Chat, 1));
        await FollowAsync(new Filed(report.Id, number, receipt, null), text => BringAsync(text));
    }

    /// <summary>In the very conversation it was filed in; and in the one the parent begins after that has ended.</summary>
    private async Task FollowAsync(Filed filed, Func<string, Task<List<JsonElement>>> bring)
    {
        async Task<string> SaidAsync(string text) => string.Join('\n', (await bring(text)).Select(a => a.GetRawText()));
        await app.AcceptAsync(filed);
        (await SaidAsync("查进度")).ShouldSatisfyAllConditions(told => told.ShouldContain("输入查询码"), told => told.ShouldContain("发完请删除"));
        (await SaidAsync(filed.Receipt)).ShouldSatisfyAllConditions(
            told => told.ShouldContain($"举报编号：{filed.Number}"), told => told.ShouldContain("决定受理。"), told => told.ShouldContain("给经办人留言"), told => told.ShouldNotContain("对话开着的时候"));
        (await SaidAsync("留言")).ShouldContain("先不写，返回");
        (await SaidAsync("昨晚又来了一车气瓶。")).ShouldContain("留言已加密保存");
        await app.ReplyAsync(filed, "<p>收到，<strong>今天</strong>去看。</p>");
        (await SaidAsync("进度")).ShouldSatisfyAllConditions(told => told.ShouldContain("经办人的新留言"), told => told.ShouldContain("收到，今天去看。"), told => told.ShouldNotContain("<strong>"));
        (await SaidAsync("返回")).ShouldSatisfyAllConditions(told => told.ShouldContain("已经关上"), told => told.ShouldContain("保存"));
        var end = (await bring("保存好了"))[^1];
        (end.GetProperty("type").GetString(), end.GetProperty("code").GetString()).ShouldBe(("endOfConversation", "completedSuccessfully"));

        (await SaidAsync($"查进度 {filed.Receipt}")).ShouldSatisfyAllConditions(told => told.ShouldContain("自动服务"), told => told.ShouldContain($"举报编号：{filed.Number}"));
        (await SaidAsync("返回")).ShouldContain("开始前请知道");
        (await SaidAsync("1")).ShouldContain("知道多少说多少");
        (await app.ReportAsync(filed.Id)).Timeline.Count(e => e.Act == nameof(ReportAction.WriteToOfficers)).ShouldBe(1);
    }

    private static string Encoded(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static (string Number, string Receipt) ReceiptIn(List<JsonElement> activities)
    {
        var lines = activities.Single(a => a.Text().Contains("查询码：", StringComparison.Ordinal)).Text().Split('\n');
        return (lines[0].Split('：')[1], lines[1].Split('：')[1].Replace(" ", "", StringComparison.Ordinal));
    }

    private Task<int> CountAsync() => app.Read(db => db.Conversations.CountAsync());

    private ConversationPass Pass(string conversation, string person = "citizen") => app.Services.GetRequiredService<ChannelPasses>().Of("channels", "test", conversation, person);

    private async Task<DraftContent> DraftAsync(ConversationPass pass) =>
        (await app.Send(new ReadDraft(DraftPass.Parse(Report12350.Bot.Dialogues.DialogueState.Parse((await app.Send(new ReadConversation(pass)))!.State).Draft)!)))!.Content;
}
