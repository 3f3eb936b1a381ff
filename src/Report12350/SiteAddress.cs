using Microsoft.Extensions.Configuration;

namespace Report12350;

/// <summary>The site's own address as people type it (本站地址): what passkeys are bound to. Never taken from a request.</summary>
public sealed class SiteAddress(IConfiguration settings)
{
    public const string Setting = "Site:Address";

    /// <summary>Null when it is not configured.</summary>
    public Uri? Known => settings[Setting] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) && address.PathAndQuery == "/" ? address
        : throw new InvalidOperationException($"{Setting} must be the site's https address without a path, as https://12350.example.gov.cn.");

    public string? Origin => Known?.GetLeftPart(UriPartial.Authority);
}
