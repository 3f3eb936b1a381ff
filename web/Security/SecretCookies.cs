namespace Report12350.Web.Security;

/// <summary>The three cookies that hold keys: the draft's, the reporter's after the receipt, the staff session's.</summary>
public static class SecretCookies
{
    public const string Draft = "draft";
    public const string Track = "track";
    public const string Staff = "staff";

    public static string? Secret(this HttpRequest request, string name) => request.Cookies[NameOf(request.HttpContext, name)];

    /// <summary>Kept until the browser closes, or less; sent to this site only, never to a script.</summary>
    public static void KeepSecret(this HttpResponse response, string name, string value) =>
        response.Cookies.Append(NameOf(response.HttpContext, name), value, Options(response.HttpContext));

    public static void ForgetSecret(this HttpResponse response, string name) =>
        response.Cookies.Delete(NameOf(response.HttpContext, name), Options(response.HttpContext));

    // Plain http serves the workshop only; there the prefix would make browsers drop the cookie.
    private static string NameOf(HttpContext context, string name) => context.Request.IsHttps ? $"__Host-{name}" : name;

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
    };
}
