using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Report12350.Confidentiality;
using Report12350.Tests.Hosting;
using Report12350.Tests.Web;

namespace Report12350.Tests.Bot;

/// <summary>The platform's own server as far as a bot asks it: gives tokens, and what people sent.</summary>
public sealed class WeChatPlatform : IAsyncDisposable
{
    public const string Secret = "secret of our account";
    private readonly WebApplication site;
    private string token = "";
    private int tokens;

    private WeChatPlatform(WebApplication site) => this.site = site;

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>As when another program of the county's asks for a token.</summary>
    public void ReplaceToken() => token = "another's";

    public static async Task<WeChatPlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var platform = new WeChatPlatform(builder.Build());
        platform.Map();
        await platform.site.StartAsync();
        platform.Address = new Uri(platform.site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return platform;
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private void Map()
    {
        site.MapGet("/cgi-bin/token", (string appid, string secret) => Granted(appid, secret));
        site.MapGet("/cgi-bin/gettoken", (string corpid, string corpsecret) => Granted(corpid, corpsecret));
        site.MapGet("/cgi-bin/media/get", async (string access_token, string media_id) =>
        {
            Calls.Enqueue(media_id);
            return (access_token == token, media_id) switch
            {
                (true, "photo" or "another") => Results.Bytes(await FilingWalk.Png(media_id).ReadAsByteArrayAsync(), "image/png"),
                _ => Results.Json(new { errcode = 40007, errmsg = "invalid media_id" }),
            };
        });
    }

    private IResult Granted(string account, string secret) => secret == Secret && account == WeChatApplication.Account
        ? Results.Json(new { access_token = token = $"t+{Interlocked.Increment(ref tokens)}", expires_in = 7200 }) : Results.Json(new { errcode = 40013 });
}

/// <summary>The site with the county's account on WeChat, on SQLite; plain mode.</summary>
public class WeChatApplication : SqliteApplication
{
    public const string Account = "wx5823bf96d3bd56c7";
    public const string Token = "QDG6eK";

    public WeChatPlatform Platform { get; private set; } = null!;

    /// <summary>安全模式.</summary>
    public virtual string? EncodingKey => null;

    public virtual bool IsWeCom => false;

    protected override bool OnAPort => true;

    public override async ValueTask InitializeAsync()
    {
        Platform = await WeChatPlatform.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Platform.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("WeChat:Token", Token);
        builder.UseSetting("WeChat:Account", Account);
        builder.UseSetting("WeChat:EncodingAesKey", EncodingKey);
        builder.UseSetting("WeChat:IsWeCom", IsWeCom.ToString());
        builder.UseSetting("WeChat:Secret", WeChatPlatform.Secret);
        builder.UseSetting("WeChat:Api", Platform.Address.ToString());
        builder.UseSetting("Bot:WorkshopOrigins", Platform.Address.GetLeftPart(UriPartial.Authority));
    }
}

/// <summary>The same in safe mode.</summary>
public sealed class SafeWeChatApplication : WeChatApplication
{
    public override string? EncodingKey => WeChatTests.PublishedKey;
}

/// <summary>The same for a WeCom.</summary>
public sealed class WeComApplication : WeChatApplication
{
    public override string? EncodingKey => WeChatTests.PublishedKey;

    public override bool IsWeCom => true;
}

/// <summary>Somebody who writes to the account, and the platform between.</summary>
internal sealed class WeChatPerson(ReportApplication app, string openId) : IDisposable
{
    private const string Path = "/channels/wechat";
    private static int last;
    private readonly HttpClient http = app.CreateClient();
    private readonly WeChatSeal? seal = app is WeChatApplication { EncodingKey: { } key } ? new WeChatSeal(key, WeChatApplication.Account) : null;

    private static CancellationToken Gone => TestContext.Current.CancellationToken;

    public static string NewId() => Interlocked.Increment(ref last).ToString("20000000000", CultureInfo.InvariantCulture);

    public string Message(string kind, string? id, params (string Name, string Value)[] fields) => new XElement(
        "xml",
        new XElement("ToUserName", new XCData("gh_county")),
        new XElement("FromUserName", new XCData(openId)),
        new XElement("CreateTime", app.Time.GetUtcNow().ToUnixTimeSeconds()),
        new XElement("MsgType", new XCData(kind)),
        id is null ? null : new XElement("MsgId", id),
        fields.Select(field => new XElement(field.Name, new XCData(field.Value)))).ToString();

    public string Written(string text, string? id = null) => Message("text", id ?? NewId(), ("Content", text));

    /// <summary>As the platform brings it, sealed where that is agreed on.</summary>
    public Task<HttpResponseMessage> PostAsync(string xml) =>
        seal is null ? PostRawAsync(xml) : PostRawAsync($"<xml><ToUserName>gh</ToUserName><Encrypt>{seal.Seal(xml)}</Encrypt></xml>");

    public async Task<HttpResponseMessage> PostRawAsync(string body, TimeSpan age = default, string? token = null)
    {
        var time = (app.Time.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signer = token ?? WeChatApplication.Token;
        var cipher = body.Split("<Encrypt>") is [_, var rest] ? rest.Split("</Encrypt>")[0] : "";
        var signed = $"signature={WeChatSeal.Sign(signer, time, "n1")}&msg_signature={WeChatSeal.Sign(signer, time, "n1", cipher)}";
        return await http.PostAsync($"{Path}?{signed}&timestamp={time}&nonce=n1&openid={openId}", new StringContent(body, Encoding.UTF8, "text/xml"), Gone);
    }

    /// <summary>What the person reads; empty when there is nothing to say.</summary>
    public async Task<string> AskAsync(string xml)
    {
        using var answer = await PostAsync(xml);
        var text = await answer.Content.ReadAsStringAsync(Gone);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        if (text == "success")
            return "";
        var said = XElement.Parse(text);
        if (seal is not null)
        {
            var cipher = said.Element("Encrypt")!.Value;
            said.Element("MsgSignature")!.Value.ShouldBe(WeChatSeal.Sign(WeChatApplication.Token, said.Element("TimeStamp")!.Value, said.Element("Nonce")!.Value, cipher));
            said = XElement.Parse(seal.Open(cipher)!);
        }

        (said.Element("ToUserName")!.Value, said.Element("FromUserName")!.Value, said.Element("MsgType")!.Value).ShouldBe((openId, "gh_county", "text"));
        var content = said.Element("Content")!.Value;
        Encoding.UTF8.GetByteCount(content).ShouldBeLessThanOrEqualTo(2048);
        return content;
    }

    public Task<string> SayAsync(string text) => AskAsync(Written(text));

    public async Task<string> WalkAsync(params IEnumerable<string> all)
    {
        var heard = "";
        foreach (var text in all)
            heard = await SayAsync(text);
        return heard;
    }

    public async Task<(HttpStatusCode Status, string Text)> ProveAsync(string echo, TimeSpan age = default, string token = WeChatApplication.Token)
    {
        var time = (app.Time.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = $"signature={WeChatSeal.Sign(token, time, "n2")}&msg_signature={WeChatSeal.Sign(token, time, "n2", echo)}";
        using var answer = await http.GetAsync($"{Path}?{signed}&timestamp={time}&nonce=n2&echostr={Uri.EscapeDataString(echo)}", Gone);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Gone));
    }

    public void Dispose() => http.Dispose();
}
