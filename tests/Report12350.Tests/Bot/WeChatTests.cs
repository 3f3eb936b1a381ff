using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Bot.Protocol;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Confidentiality;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Web;
using Report12350.Web.Commands;
using Report12350.Web.WeChat;

namespace Report12350.Tests.Bot;

/// <summary>微信: what the platform publishes about its seal, and a whole report by numbers over real HTTP.</summary>
public sealed class WeChatTests(WeChatApplication plain, SafeWeChatApplication safe, WeComApplication weCom)
    : IClassFixture<WeChatApplication>, IClassFixture<SafeWeChatApplication>, IClassFixture<WeComApplication>
{
    /// <summary>Of Tencent's published example.</summary>
    public const string PublishedKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private const string PublishedEcho = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";
    private const string First = "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样";
    private static readonly string[] ToEvidence = ["1", First, "重大事故隐患", "人民路 20 号", "1", "2"];
    private static readonly string[] ToEnd = ["1", "1", "2", "1"];

    [Fact]
    public void Tencents_published_example_opens()
    {
        WeChatSeal.IsSigned("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", WeChatApplication.Token, "1409659589", "263014780", PublishedEcho).ShouldBeTrue();
        new WeChatSeal(PublishedKey, WeChatApplication.Account).Open(PublishedEcho).ShouldBe("1616140317555161061");
        new WeChatSeal(PublishedKey, "another").Open(PublishedEcho).ShouldBeNull();
    }

    [Fact]
    public void What_is_sealed_opens_whatever_its_length_and_nothing_else_does()
    {
        var seal = new WeChatSeal(PublishedKey, WeChatApplication.Account);
        foreach (var length in Enumerable.Range(0, 70))
            seal.Open(seal.Seal(new string('煤', length))).ShouldBe(new string('煤', length));
        var other = new WeChatSeal(Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray())[..43], WeChatApplication.Account);
        foreach (var odd in (string[])["", "a", "AAAA", "%", PublishedEcho[..44] + "=", new string('A', 64), Convert.ToBase64String(new byte[64]), other.Seal("x")])
            seal.Open(odd).ShouldBeNull(odd);
        Should.Throw<FormatException>(() => new WeChatSeal("short", "x"));
    }

    [Fact]
    public async Task The_address_is_proved_to_the_platform_and_to_nobody_else()
    {
        using var person = new WeChatPerson(plain, "prove");
        (await person.ProveAsync("5837393")).ShouldBe((HttpStatusCode.OK, "5837393"));
        (await person.ProveAsync("5837393", token: "guessed")).ShouldBe((HttpStatusCode.Forbidden, ""));
        (await person.ProveAsync("5837393", age: TimeSpan.FromMinutes(6))).ShouldBe((HttpStatusCode.Forbidden, ""));
        (await person.ProveAsync("5837393", age: TimeSpan.FromMinutes(-6))).ShouldBe((HttpStatusCode.Forbidden, ""));
        using var member = new WeChatPerson(weCom, "prove");
        (await member.ProveAsync(PublishedEcho)).ShouldBe((HttpStatusCode.OK, "1616140317555161061"));
        (await member.ProveAsync(PublishedEcho, token: "guessed")).ShouldBe((HttpStatusCode.Forbidden, ""));
        (await member.ProveAsync("5837393")).ShouldBe((HttpStatusCode.Forbidden, ""));
    }

    public static TheoryData<string> Modes => ["plain", "safe", "wecom"];

    [Theory, MemberData(nameof(Modes))]
    public async Task A_whole_report_by_numbers_to_number_and_receipt_and_followed_by_numbers(string mode)
    {
        var app = mode switch { "plain" => plain, "safe" => safe, _ => weCom };
        using var person = new WeChatPerson(app, $"o-{mode}");
        var came = person.Message("event", null, ("Event", "subscribe"));
        var greeting = await person.AskAsync(came);
        greeting.ShouldSatisfyAllConditions(g => g.ShouldContain("自动服务"), g => g.ShouldContain("平台也会留着"), g => g.ShouldContain("回复 1："), g => g.ShouldContain($"{app.NamedSite}report"));
        (await person.AskAsync(came)).ShouldBe(greeting);
        await person.WalkAsync(ToEvidence);
        (await person.AskAsync(Photo(person))).ShouldContain("一共 1 个文件");
        app.Platform.ReplaceToken();
        (await person.AskAsync(Photo(person, "another"))).ShouldContain("一共 2 个文件");
        (await person.AskAsync(Photo(person))).ShouldContain("一共 2 个文件", Case.Sensitive, "the same photo once more is the same photo");
        (await person.AskAsync(person.Message("voice", WeChatPerson.NewId(), ("MediaId", "lost"), ("Format", "amr"), ("Recognition", "")))).ShouldContain("没有取到");
        await person.WalkAsync(ToEnd[..3]);
        var last = person.Written("1");
        var (number, receipt) = ReceiptIn(await person.AskAsync(last));
        var report = await app.Read(db => db.Reports.AsNoTracking().SingleAsync(r => r.Number == number));
        (report.Channel, (await app.OpenAsync(receipt)).Content<ReportAnswers>(report).FileHashes.Count).ShouldBe((Channel.Chat, 2));
        ReceiptIn(await person.AskAsync(last)).ShouldBe((number, receipt), "asked again within the day, the same");
        (await person.SayAsync("保存好了")).ShouldContain("用查询码");
        (await person.AskAsync(last)).ShouldNotContain(receipt[..5]);
        await FollowAsync(app, person, new Filed(report.Id, number, receipt, null));
    }

    private static async Task FollowAsync(WeChatApplication app, WeChatPerson person, Filed filed)
    {
        await app.AcceptAsync(filed);
        (await person.SayAsync("查进度")).ShouldSatisfyAllConditions(told => told.ShouldContain("输入查询码"), told => told.ShouldContain("发完请删除"), told => told.ShouldContain("回复 1：不查了，返回"));
        var told = await person.SayAsync(string.Join(' ', filed.Receipt.Chunk(5).Select(five => new string(five))));
        told.ShouldSatisfyAllConditions(t => t.ShouldContain($"举报编号：{filed.Number}"), t => t.ShouldContain("决定受理。"), t => t.ShouldNotContain("对话开着的时候"));
        (await person.SayAsync(NumberOf(told, "给经办人留言"))).ShouldContain("回复 1：先不写，返回");
        var message = person.Written("昨晚又来了一车气瓶。");
        told = await person.AskAsync(message);
        told.ShouldContain("留言已加密保存");
        (await person.AskAsync(message)).ShouldBe(told, "brought again it is not sent again");
        await app.ReplyAsync(filed, "<p>收到，<strong>今天</strong>去看。</p>");
        told = await person.SayAsync(NumberOf(told, "再看一遍进度"));
        told.ShouldSatisfyAllConditions(t => t.ShouldContain("经办人的新留言"), t => t.ShouldContain("收到，今天去看。"));
        told = await person.SayAsync(NumberOf(told, "看全部留言"));
        told.ShouldContain("您：昨晚又来了一车气瓶。");
        (await person.SayAsync(NumberOf(told, "不查了，返回"))).ShouldSatisfyAllConditions(t => t.ShouldContain("已经关上"), t => t.ShouldContain("开始前请知道"));
        (await person.SayAsync("1")).ShouldContain("知道多少说多少");
        (await app.ReportAsync(filed.Id)).Timeline.Count(e => e.Act == nameof(ReportAction.WriteToOfficers)).ShouldBe(1);
    }

    private static string NumberOf(string told, string title) => told.Split('\n').Single(line => line.EndsWith($"：{title}", StringComparison.Ordinal))[3..].Split('：')[0];

    [Fact]
    public async Task A_photo_that_comes_first_is_kept_with_the_greeting()
    {
        using var person = new WeChatPerson(plain, "photo first");
        (await person.AskAsync(Photo(person))).ShouldSatisfyAllConditions(
            t => t.ShouldContain("自动服务"), t => t.ShouldContain("一共 1 个文件"), t => t.ShouldContain("开始前请知道"), t => t.ShouldContain("回复 1："), t => t.ShouldNotContain("太长"));
    }

    [Fact]
    public async Task Asked_three_times_at_once_there_is_one_turn_and_one_answer()
    {
        using var person = new WeChatPerson(plain, "again");
        await person.WalkAsync(["你好", .. ToEvidence, .. ToEnd[..3]]);
        var before = await plain.Read(db => db.Reports.CountAsync());
        var last = person.Written("1");
        var answers = await Task.WhenAll(person.AskAsync(last), person.AskAsync(last), person.AskAsync(last));
        answers.Distinct().Count().ShouldBe(1);
        ReceiptIn(answers[0]).Number.ShouldNotBeEmpty();
        (await plain.Read(db => db.Reports.CountAsync())).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Unsigned_old_unsealed_and_foreign_calls_are_refused_and_nothing_is_kept()
    {
        using var person = new WeChatPerson(plain, "refused");
        using var sealedPerson = new WeChatPerson(safe, "refused");
        var said = person.Written("1");
        var foreign = new WeChatSeal(PublishedKey, "another").Seal(said);
        var before = (await CountAsync(plain), await CountAsync(safe));
        foreach (var (what, answer) in new (string, Task<HttpResponseMessage>)[]
        {
            ("another token", person.PostRawAsync(said, token: "guessed")),
            ("old", person.PostRawAsync(said, age: TimeSpan.FromMinutes(6))),
            ("from tomorrow", person.PostRawAsync(said, age: TimeSpan.FromDays(-1))),
            ("sealed where nothing is", person.PostRawAsync($"<xml><Encrypt>{foreign}</Encrypt></xml>")),
            ("plain in safe mode", sealedPerson.PostRawAsync(said)),
            ("sealed for another", sealedPerson.PostRawAsync($"<xml><Encrypt>{foreign}</Encrypt></xml>")),
            ("bent", sealedPerson.PostRawAsync("<xml><Encrypt>AAAA</Encrypt></xml>")),
        })
        {
            using var refused = await answer;
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, what);
        }

        (await CountAsync(plain), await CountAsync(safe)).ShouldBe(before);
    }

    [Theory]
    [InlineData("<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml><FromUserName>o</FromUserName><MsgType>text</MsgType><Content>&x;</Content></xml>", 400)]
    [InlineData("<!DOCTYPE xml SYSTEM \"http://127.0.0.1:1/x.dtd\"><xml><FromUserName>o</FromUserName></xml>", 400)]
    [InlineData("<!DOCTYPE z [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><xml><FromUserName>&b;</FromUserName></xml>", 400)]
    [InlineData("<xml><FromUserName>o</FromUserName>", 400)]
    [InlineData("<xml/>", 400)]
    [InlineData("{}", 400)]
    [InlineData("", 400)]
    [InlineData("<other><FromUserName>o</FromUserName></other>", 400)]
    [InlineData("long", 413)]
    public async Task What_is_no_message_is_refused(string body, int status)
    {
        using var person = new WeChatPerson(plain, "odd");
        using var answer = await person.PostRawAsync(body == "long" ? $"<xml><FromUserName>o</FromUserName><Content>{new string('长', 30_000)}</Content></xml>" : body);
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Places_are_said_in_words_menus_as_if_written_and_other_kinds_are_explained()
    {
        using var person = new WeChatPerson(plain, "kinds");
        await person.WalkAsync("你好", "1", First, "重大事故隐患");
        await person.AskAsync(person.Message("location", WeChatPerson.NewId(), ("Location_X", "22.97"), ("Location_Y", "115.33"), ("Label", "海丰县公平镇人民路 20 号")));
        var pass = plain.Services.GetRequiredService<ChannelPasses>().Of("wechat", WeChatApplication.Account, "kinds");
        var draft = DraftPass.Parse(Report12350.Bot.Dialogues.DialogueState.Parse((await plain.Send(new ReadConversation(pass)))!.State).Draft)!;
        (await plain.Send(new ReadDraft(draft)))!.Content.Answers.Place.ShouldNotBeNull().ShouldContain("人民路 20 号");
        (await person.AskAsync(person.Message("event", null, ("Event", "CLICK"), ("EventKey", "人工")))).ShouldContain("12350");
        (await person.AskAsync(person.Message("event", null, ("Event", "VIEW"), ("EventKey", "http://x")))).ShouldBeEmpty();
        (await person.AskAsync(person.Message("event", null, ("Event", "LOCATION"), ("Latitude", "22.9")))).ShouldBeEmpty();
        (await person.AskAsync(person.Message("link", WeChatPerson.NewId(), ("Title", "x")))).ShouldContain("这种消息收不了");
        (await person.AskAsync(person.Message("event", null, ("Event", "unsubscribe")))).ShouldBeEmpty();
        (await plain.Send(new ReadConversation(pass))).ShouldBeNull();
        (await plain.Send(new ReadDraft(draft))).ShouldBeNull();
    }

    [Fact]
    public async Task The_menu_is_printed_with_the_sites_own_address()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Site:Address"] = "https://12350.example" }).Build();
        await using var print = new StringWriter();
        (await CommandLine.RunAsync("wechat-menu", new CommandCall([], settings, print, plain.Time))).ShouldBe(0);
        var buttons = JsonDocument.Parse(print.ToString()).RootElement.GetProperty("button").EnumerateArray().ToList();
        buttons.Count.ShouldBeInRange(1, 3, "the platform shows three");
        foreach (var page in buttons.SelectMany(Leaves).Where(button => button.TryGetProperty("url", out _)))
        {
            using var answer = await plain.CreateClient().GetAsync(new Uri(page.GetProperty("url").GetString()!).PathAndQuery, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, page.ToString());
        }

        (await CommandLine.RunAsync("wechat-menu", new CommandCall([], new ConfigurationBuilder().Build(), print, plain.Time))).ShouldBe(2);

        static IEnumerable<JsonElement> Leaves(JsonElement button) => button.TryGetProperty("sub_button", out var more) ? more.EnumerateArray() : [button];
    }

    [Fact]
    public void What_is_too_long_for_the_platform_loses_its_end_and_never_the_answers()
    {
        using var scope = plain.Services.CreateScope();
        var texts = new Texts(scope.ServiceProvider.GetRequiredService<TextBook>(), TextBook.Chinese, plain.Time);
        var choices = new SuggestedActions([.. Enumerable.Range(1, 9).Select(n => new CardAction("imBack", $"选项{n}", $"{n}"))]);
        foreach (var length in (int[])[1, 500, 624, 625, 640, 700, 4000])
        {
            var text = WeChatReply.TextOf([new Activity { Text = new string('煤', length) + "🙂", SuggestedActions = choices }], texts);
            Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(WeChatReply.Longest);
            text.ShouldEndWith("回复 9：选项9");
            text.Contains("太长", StringComparison.Ordinal).ShouldBe(length > 624);
        }
    }

    [Fact]
    public void The_reply_holds_whatever_was_said()
    {
        foreach (var said in (string[])["]]>", "a]]>b]]>", "<x>&amp;</x>", "🙂\u202e"])
            System.Xml.Linq.XElement.Parse(WeChatReply.Xml("a", "b", said, DateTimeOffset.UnixEpoch)).Element("Content")!.Value.ShouldBe(said);
    }

    private static (string Number, string Receipt) ReceiptIn(string heard)
    {
        var lines = heard.Split('\n');
        return (lines.Single(line => line.StartsWith("举报编号：", StringComparison.Ordinal))[5..], lines.Single(line => line.StartsWith("查询码：", StringComparison.Ordinal))[4..].Replace(" ", "", StringComparison.Ordinal));
    }

    private static string Photo(WeChatPerson person, string media = "photo") => person.Message("image", WeChatPerson.NewId(), ("PicUrl", "http://127.0.0.1:1/x"), ("MediaId", media));

    private static Task<int> CountAsync(ReportApplication app) => app.Read(db => db.Conversations.CountAsync());
}
