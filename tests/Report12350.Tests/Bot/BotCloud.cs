using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Report12350.Tests.Hosting;
using Report12350.Tests.Web;

namespace Report12350.Tests.Bot;

/// <summary>The cloud around a bot, on a port of its own: publishes keys, gives tokens to bots, and is a channel that takes answers and keeps files.</summary>
public sealed class BotCloud : IAsyncLifetime
{
    public const string App = "our-bot";
    public const string Secret = "secret of our bot";
    public const string Parent = "parent-bot";
    public const string ChannelIssuer = "https://channels.example";
    public const string LoginIssuer = "https://login.example/tenant/v2.0";
    public static readonly (DateTimeOffset From, DateTimeOffset Until) Always = (DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly WebApplication site = Build();

    public BotCloud() => Map();

    public Uri Address { get; private set; } = null!;

    /// <summary>Key of the channel called "test".</summary>
    public RsaSecurityKey ChannelKey { get; } = NewKey("channel");

    /// <summary>Key that speaks for another channel only.</summary>
    public RsaSecurityKey OtherKey { get; } = NewKey("other");

    public RsaSecurityKey LoginKey { get; } = NewKey("login");

    /// <summary>What was called, but for keys and tokens.</summary>
    public ConcurrentQueue<(string Path, string Body)> Calls { get; } = new();

    /// <summary>How many answers it refuses next.</summary>
    public int Refusing { get; set; }

    public string ServiceUrl => $"{Address}service/";

    public static async Task<BotCloud> StartAsync()
    {
        var cloud = new BotCloud();
        await cloud.InitializeAsync();
        return cloud;
    }

    public async ValueTask InitializeAsync()
    {
        await site.StartAsync();
        Address = new Uri(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    /// <summary>Sets the site up beside it.</summary>
    public void Configure(IWebHostBuilder builder, string parent)
    {
        builder.UseSetting("Bot:AppId", App);
        builder.UseSetting("Bot:Secret", Secret);
        builder.UseSetting("Bot:Tenant", "tenant");
        builder.UseSetting("Bot:ChannelIssuer", ChannelIssuer);
        builder.UseSetting("Bot:ChannelMetadata", $"{Address}channels/metadata");
        builder.UseSetting("Bot:CallerIssuers", LoginIssuer);
        builder.UseSetting("Bot:CallerMetadata", $"{Address}login/metadata");
        builder.UseSetting("Bot:TokenAddress", $"{Address}login/token");
        builder.UseSetting("Bot:ServiceHosts", "127.0.0.1");
        builder.UseSetting("Bot:Callers:0:AppId", Parent);
        builder.UseSetting("Bot:Callers:0:ServiceUrl", parent);
        builder.UseSetting("Bot:WorkshopOrigins", $"{Address.GetLeftPart(UriPartial.Authority)} {new Uri(parent).GetLeftPart(UriPartial.Authority)}");
    }

    public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    public static string Token(SecurityKey? key, string issuer, string? audience, (DateTimeOffset From, DateTimeOffset Until) time, params (string Name, string Value)[] claims) =>
        Token(key is null ? null : new SigningCredentials(key, SecurityAlgorithms.RsaSha256), issuer, audience, time, claims);

    public static string Token(SigningCredentials? signing, string issuer, string? audience, (DateTimeOffset From, DateTimeOffset Until) time, params (string Name, string Value)[] claims) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = time.From.UtcDateTime,
            Expires = time.Until.UtcDateTime,
            Subject = new ClaimsIdentity(claims.Select(claim => new Claim(claim.Name, claim.Value))),
            SigningCredentials = signing,
        });

    /// <summary>A channel's token in order.</summary>
    public string ChannelToken() => Token(ChannelKey, ChannelIssuer, App, Always, ("serviceurl", ServiceUrl));

    public List<JsonElement> Answers() => [.. Calls.Where(call => call.Path.StartsWith("/service/v3", StringComparison.Ordinal)).Select(call => JsonDocument.Parse(call.Body).RootElement)];

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    private void Map()
    {
        site.MapGet("/{who}/metadata", (string who) => Results.Json(new { jwks_uri = $"{Address}{who}/keys" }));
        site.MapGet("/channels/keys", () => Results.Json(new { keys = new[] { Published(ChannelKey, "test"), Published(OtherKey, "elsewhere") } }));
        site.MapGet("/login/keys", () => Results.Json(new { keys = new[] { Published(LoginKey) } }));
        site.MapPost("/login/token", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var client = form["client_id"].ToString();
            if (form["client_secret"] != (client == App ? Secret : "secret of the parent") || form["grant_type"] != "client_credentials")
                return Results.Unauthorized();
            var token = Token(LoginKey, LoginIssuer, form["scope"].ToString().Replace("/.default", "", StringComparison.Ordinal), Always, ("ver", "2.0"), ("azp", client));
            return Results.Json(new { access_token = token, expires_in = 3600 });
        });
        site.MapFallback("{*path}", async (HttpContext context) =>
        {
            using var body = new StreamReader(context.Request.Body);
            Calls.Enqueue((context.Request.Path.Value + context.Request.QueryString, await body.ReadToEndAsync()));
            if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var said) || new JsonWebToken(said.Parameter).Audiences.Single() != "https://api.botframework.com")
                return Results.Unauthorized();
            if (Refusing > 0)
            {
                Refusing--;
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            return context.Request.Path.Value switch
            {
                "/files/moved.png" => Results.Redirect("/files/photo.png"),
                "/files/photo.png" => Results.Bytes(await FilingWalk.Png("channel").ReadAsByteArrayAsync(), "image/png"),
                "/files/big.png" => Results.Bytes([.. await FilingWalk.Png("big").ReadAsByteArrayAsync(), .. new byte[40_000_000]], "image/png"),
                "/files/program" => Results.Bytes([77, 90, 0, 0, .. new byte[100]]),
                _ => Results.Json(new { id = "1" }),
            };
        });
    }

    private static Dictionary<string, object> Published(RsaSecurityKey key, params string[] endorsements)
    {
        var web = JsonWebKeyConverter.ConvertFromRSASecurityKey(key);
        return new(StringComparer.Ordinal) { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = key.KeyId, ["n"] = web.N, ["e"] = web.E, ["endorsements"] = endorsements };
    }
}

/// <summary>Somebody in a conversation of the channel "test".</summary>
internal sealed class ChannelPerson(ReportApplication app, BotCloud cloud, string conversation, string name = "citizen") : IDisposable
{
    private readonly HttpClient http = app.CreateClient();
    private int said;

    public string Token { get; set; } = cloud.ChannelToken();

    private static CancellationToken Gone => TestContext.Current.CancellationToken;

    public async Task<HttpResponseMessage> PostAsync(object activity, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(activity as string ?? JsonSerializer.Serialize(activity), Encoding.UTF8, "application/json") };
        if ((authorization ?? $"Bearer {Token}") is { Length: > 0 } value)
            request.Headers.TryAddWithoutValidation("Authorization", value);
        return await http.SendAsync(request, Gone);
    }

    public Dictionary<string, object?> Activity(string? text, string type = "message") => new(StringComparer.Ordinal)
    {
        ["type"] = type, ["id"] = (++said).ToString(CultureInfo.InvariantCulture), ["channelId"] = "test", ["serviceUrl"] = cloud.ServiceUrl, ["text"] = text, ["deliveryMode"] = "expectReplies",
        ["from"] = new { id = name }, ["recipient"] = new { id = "bot" }, ["conversation"] = new { id = conversation },
    };

    /// <summary>What is answered in the body.</summary>
    public async Task<List<JsonElement>> AskAsync(object activity)
    {
        using var answer = await PostAsync(activity);
        var text = await answer.Content.ReadAsStringAsync(Gone);
        ((int)answer.StatusCode).ShouldBe(200, text);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("activities").EnumerateArray()];
    }

    public Task<List<JsonElement>> SayAsync(string text) => AskAsync(Activity(text));

    public async Task<List<JsonElement>> WalkAsync(params string[] all)
    {
        List<JsonElement> heard = [];
        foreach (var text in all)
            heard = await SayAsync(text);
        return heard;
    }

    public void Dispose() => http.Dispose();
}
