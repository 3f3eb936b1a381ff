namespace Report12350.Web.Connector;

/// <summary>Another bot that may call ours as a skill (调用方), and where it is answered.</summary>
public sealed record AllowedCaller(string AppId, string ServiceUrl);

/// <summary>The Bot Framework's cloud (机器人渠道), if one is configured. Without an app id nothing of it is there; with one, every call shows a token.</summary>
public sealed class ConnectorSettings
{
    private readonly IConfigurationSection own;
    private readonly bool isChina;

    public ConnectorSettings(IConfiguration settings)
    {
        own = settings.GetSection("Bot");
        isChina = (own["Cloud"] ?? "Azure") switch
        {
            "Azure" => false,
            "21Vianet" => true,
            _ => throw new InvalidOperationException("Bot:Cloud is Azure or 21Vianet."),
        };
        if (!IsOn)
            return;
        _ = Secret;
        _ = Tenant;
        if (new SiteAddress(settings).Known is null)
            throw new InvalidOperationException($"{SiteAddress.Setting} must be set beside Bot:AppId.");
    }

    public bool IsOn => AppId.Length > 0;

    public string AppId => own["AppId"] ?? "";

    public string Secret => Needed("Secret");

    /// <summary>Directory in which our app is registered.</summary>
    public string Tenant => Needed("Tenant");

    public string ChannelIssuer => own["ChannelIssuer"] ?? (isChina ? "https://api.botframework.azure.cn" : "https://api.botframework.com");

    public Uri ChannelMetadata => new(own["ChannelMetadata"]
        ?? (isChina ? "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration" : "https://login.botframework.com/v1/.well-known/openidconfiguration"));

    /// <summary>Hosts the channels answer at; one with a star stands for what is under it.</summary>
    public IReadOnlyList<string> ServiceHosts => Words("ServiceHosts") is { Count: > 0 } hosts ? hosts
        : isChina ? ["*.botframework.azure.cn"] : ["*.botframework.com", "smba.trafficmanager.net"];

    public IReadOnlyList<AllowedCaller> Callers => own.GetSection("Callers").Get<List<AllowedCaller>>() ?? [];

    public IReadOnlyList<string> CallerIssuers => Words("CallerIssuers") is { Count: > 0 } issuers ? issuers
        : [$"{(isChina ? "https://sts.chinacloudapi.cn" : "https://sts.windows.net")}/{Tenant}/", $"{Login}/{Tenant}/v2.0"];

    public Uri CallerMetadata => new(own["CallerMetadata"] ?? $"{Login}/{Tenant}/v2.0/.well-known/openid-configuration");

    /// <summary>Where we get tokens of our own.</summary>
    public Uri TokenAddress => new(own["TokenAddress"] ?? $"{Login}/{Tenant}/oauth2/v2.0/token");

    /// <summary>What a token for the channels is asked for.</summary>
    public string ChannelScope => own["ChannelScope"] ?? $"{(isChina ? "https://api.botframework.azure.cn" : "https://api.botframework.com")}/.default";

    private string Login => isChina ? "https://login.partner.microsoftonline.cn" : "https://login.microsoftonline.com";

    private string Needed(string name) => own[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"Bot:{name} must be set beside Bot:AppId.");

    private List<string> Words(string name) => [.. (own[name] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
