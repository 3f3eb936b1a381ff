using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Report12350.Bot.Protocol;

namespace Report12350.Web.Connector;

/// <summary>Who called us, vouched for by a token (已验证的调用方). Only what stands here is ever called back.</summary>
/// <param name="Name">The channels' service, or a bot's app id.</param>
/// <param name="Scope">What our token for them is asked for.</param>
public sealed record VouchedCaller(string Name, Uri ServiceUrl, string Scope);

/// <summary>Looks at the token of each call to the bot (令牌校验): a channel's of the cloud, or one of the bots that may call ours as a skill.</summary>
public sealed partial class IncomingTokens(ConnectorSettings settings, OutsideCalls outside, TimeProvider time, ILogger<IncomingTokens> logger) : IDisposable
{
    private const string Channels = "channels";
    private const int Longest = 16 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private readonly OpenIdKeys channelKeys = new(settings.ChannelMetadata, outside, time);
    private readonly OpenIdKeys callerKeys = new(settings.CallerMetadata, outside, time);
    private readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };

    /// <summary>Null when it is not vouched for; why, stands in the log.</summary>
    /// <exception cref="HttpRequestException">The issuer's keys are not to be had.</exception>
    public async Task<VouchedCaller?> CheckAsync(string authorization, ConnectorActivity activity, CancellationToken cancellationToken)
    {
        var (caller, why) = await JudgeAsync(authorization, activity, cancellationToken);
        if (caller is null)
            LogRefused(why);
        return caller;
    }

    public void Dispose()
    {
        channelKeys.Dispose();
        callerKeys.Dispose();
    }

    private async Task<(VouchedCaller? Caller, string Why)> JudgeAsync(string authorization, ConnectorActivity activity, CancellationToken cancellationToken)
    {
        const string Scheme = "Bearer ";
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || Read(authorization[Scheme.Length..].Trim()) is not { } said)
            return (null, "no token");
        var isChannel = said.Issuer == settings.ChannelIssuer;
        if (!isChannel && !settings.CallerIssuers.Contains(said.Issuer, StringComparer.Ordinal))
            return (null, "issuer");
        if (await (isChannel ? channelKeys : callerKeys).FindAsync(said.Kid, cancellationToken) is not { } key)
            return (null, "key");
        var judged = await tokens.ValidateTokenAsync(said, Rules(said.Issuer, key.Key));
        if (!judged.IsValid)
            return (null, judged.Exception?.GetType().Name ?? "token");
        return isChannel ? Channel(said, key, activity) : Bot(said, activity);
    }

    private JsonWebToken? Read(string token)
    {
        try
        {
            return token.Length <= Longest && tokens.CanReadToken(token) ? tokens.ReadJsonWebToken(token) : null;
        }
        catch (ArgumentException)
        {
            return null; // has the form of one, and is none
        }
    }

    private TokenValidationParameters Rules(string issuer, JsonWebKey key) => new()
    {
        ValidIssuer = issuer,
        ValidAudience = settings.AppId,
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        ClockSkew = Skew,
        LifetimeValidator = (from, until, _, _) => IsNow(from, until),
    };

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + Skew && (from is not { } start || now > start - Skew);
    }

    private (VouchedCaller? Caller, string Why) Channel(JsonWebToken said, PublishedKey key, ConnectorActivity activity)
    {
        if (!key.Endorsements.Contains(activity.ChannelId, StringComparer.Ordinal))
            return (null, "endorsement");
        if (ClaimOf(said, "serviceurl") is not { } named || named != activity.ServiceUrl)
            return (null, "serviceurl");
        return Uri.TryCreate(named, UriKind.Absolute, out var address) && IsService(address.IdnHost) && outside.MayCall(address)
            ? (new VouchedCaller(Channels, address, settings.ChannelScope), "") : (null, "service host");
    }

    /// <summary>A bot's token names no address: each bot is answered where the configuration says, and nowhere else.</summary>
    private (VouchedCaller? Caller, string Why) Bot(JsonWebToken said, ConnectorActivity activity)
    {
        var id = ClaimOf(said, ClaimOf(said, "ver") == "1.0" ? "appid" : "azp");
        if (settings.Callers.FirstOrDefault(caller => caller.AppId == id) is not { } known)
            return (null, "caller");
        return Same(known.ServiceUrl, activity.ServiceUrl) && Uri.TryCreate(known.ServiceUrl, UriKind.Absolute, out var address) && outside.MayCall(address)
            ? (new VouchedCaller(known.AppId, address, $"{known.AppId}/.default"), "") : (null, "service host");
    }

    private static string? ClaimOf(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private static bool Same(string known, string? said) => string.Equals(known.TrimEnd('/'), said?.TrimEnd('/'), StringComparison.Ordinal);

    private bool IsService(string host) => settings.ServiceHosts.Any(known => known.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(known[1..], StringComparison.OrdinalIgnoreCase) : string.Equals(host, known, StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(LogLevel.Warning, "A call to the bot was refused: {Why}")]
    private partial void LogRefused(string why);
}
