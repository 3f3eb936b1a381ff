using Report12350.Confidentiality;

namespace Report12350.Web.WeChat;

/// <summary>The county's account on WeChat (微信公众号) or WeCom (企业微信), if one is configured. Without its token nothing of it is there.</summary>
public sealed class WeChatSettings
{
    private readonly IConfigurationSection own;

    /// <exception cref="InvalidOperationException">It is described by half, or wrongly.</exception>
    public WeChatSettings(IConfiguration settings)
    {
        own = settings.GetSection("WeChat");
        if (!IsOn)
            return;
        if (Account.Length == 0)
            throw new InvalidOperationException("WeChat:Account must be set beside WeChat:Token: the AppId, or the CorpId of a WeCom.");
        if (IsWeCom && own["EncodingAesKey"] is not { Length: > 0 })
            throw new InvalidOperationException("WeChat:EncodingAesKey must be set: WeCom knows no other mode.");
        if (new SiteAddress(settings).Known is null)
            throw new InvalidOperationException($"{SiteAddress.Setting} must be set beside WeChat:Token.");
        try
        {
            Seal = own["EncodingAesKey"] is { Length: > 0 } key ? new WeChatSeal(key, Account) : null;
        }
        catch (FormatException odd)
        {
            throw new InvalidOperationException("WeChat:EncodingAesKey has 43 characters of base64.", odd);
        }
    }

    public bool IsOn => Token.Length > 0;

    public string Token => own["Token"] ?? "";

    /// <summary>AppId of an official account, CorpId of a WeCom.</summary>
    public string Account => own["Account"] ?? "";

    public bool IsWeCom => own.GetValue("IsWeCom", false);

    /// <summary>安全模式: with it, what comes unsealed is refused. Null: plain mode (明文模式).</summary>
    public WeChatSeal? Seal { get; }

    /// <summary>For fetching what people send; without it their files stay with the platform.</summary>
    public string? Secret => own["Secret"];

    public Uri Api => new(own["Api"] ?? (IsWeCom ? "https://qyapi.weixin.qq.com/" : "https://api.weixin.qq.com/"));

    public string TokenPath => IsWeCom ? $"cgi-bin/gettoken?corpid={Escaped(Account)}&corpsecret={Escaped(Secret!)}"
        : $"cgi-bin/token?grant_type=client_credential&appid={Escaped(Account)}&secret={Escaped(Secret!)}";

    private static string Escaped(string word) => Uri.EscapeDataString(word);
}
