namespace Report12350.Web.Security;

/// <summary>A cookie bound to this host, always Secure, also when a proxy in front ends TLS.</summary>
/// <remarks>The frameworks' own policy would refuse to work behind such a proxy, or would drop Secure with it.</remarks>
public sealed class HostCookie : CookieBuilder
{
    public HostCookie(string name)
    {
        Name = $"__Host-{name}";
        HttpOnly = true;
        IsEssential = true;
        Path = "/";
        SameSite = SameSiteMode.Strict;
        SecurePolicy = CookieSecurePolicy.None;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = true;
        options.Domain = null;
        return options;
    }
}
