using System.Globalization;
using System.Security.Cryptography;

namespace Report12350.Web.Security;

/// <summary>What every response tells the browser: no other origin, nothing kept, no traces of where the visitor came from.</summary>
public sealed class Headers(RequestDelegate next, IConfiguration settings)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; font-src 'none'";

    /// <summary>Of the one page with Microsoft's Web Chat: it writes its own styles, reads chosen pictures back and makes them smaller in a worker. The hash is that of an empty style, into which its script writes.</summary>
    private const string PolicyOfWebChat =
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{0}' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' blob:; connect-src 'self' blob:; worker-src blob:; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; font-src 'none'";

    /// <summary>Of what somebody sent, and of whatever is only saved: opened by itself it can do nothing at all.</summary>
    private const string PolicyOfFiles = "default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

    private const string Permissions =
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
        "microphone=(), payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)";

    private const string NonceItem = "style nonce";

    private readonly string? onion = settings["Site:Onion"]?.TrimEnd('/');

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(state => Write((HttpResponse)state), context.Response);
        return next(context);
    }

    /// <summary>This response, and no other, may hold styles marked with what is returned.</summary>
    public static string AdmitWebChat(HttpContext context)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Items[NonceItem] = nonce;
        return nonce;
    }

    private Task Write(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = IsFile(response) ? PolicyOfFiles
            : response.HttpContext.Items[NonceItem] is string nonce ? string.Format(CultureInfo.InvariantCulture, PolicyOfWebChat, nonce) : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = PermissionsOf(response.HttpContext.Request.Path);
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers.Remove("X-Frame-Options");
        if (string.IsNullOrEmpty(headers.CacheControl) || response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            headers.CacheControl = "no-store";
        }

        if (onion is not null && IsPublicPage(response))
            headers["Onion-Location"] = onion + response.HttpContext.Request.Path.ToUriComponent();

        return Task.CompletedTask;
    }

    /// <summary>The pages that offer a voice note, and the one where a place may be shared; no other.</summary>
    private static string PermissionsOf(PathString page)
    {
        var chat = page.Equals("/chat", StringComparison.OrdinalIgnoreCase);
        var permissions = chat ? Permissions.Replace("geolocation=()", "geolocation=(self)", StringComparison.Ordinal) : Permissions;
        return chat || page.Equals("/report/evidence", StringComparison.OrdinalIgnoreCase) ? permissions.Replace("microphone=()", "microphone=(self)", StringComparison.Ordinal) : permissions;
    }

    private static bool IsFile(HttpResponse response) =>
        response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) is false
        && (response.HttpContext.Request.Path.StartsWithSegments("/files") || response.Headers.ContentDisposition.ToString().StartsWith("attachment", StringComparison.Ordinal));

    private static bool IsPublicPage(HttpResponse response)
    {
        var request = response.HttpContext.Request;
        return response is { StatusCode: StatusCodes.Status200OK, ContentType: not null } && HttpMethods.IsGet(request.Method)
            && response.ContentType.StartsWith("text/html", StringComparison.Ordinal)
            && !request.Path.StartsWithSegments("/staff") && !request.Path.StartsWithSegments("/files") && !request.Host.Host.EndsWith(".onion", StringComparison.OrdinalIgnoreCase);
    }
}
