using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Report12350.Web.Security;

/// <summary>Proxies in front of the site (反向代理) whose word about the visitor's address is taken: those named in <c>Site:KnownProxies</c>, nobody else's.</summary>
public static class KnownProxies
{
    public static void UseKnownProxies(this WebApplication app)
    {
        var named = (app.Configuration["Site:KnownProxies"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (named.Length == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var name in named)
        {
            if (name.Contains('/', StringComparison.Ordinal))
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(name));
            else
                options.KnownProxies.Add(IPAddress.Parse(name));
        }

        app.UseForwardedHeaders(options);
    }
}
