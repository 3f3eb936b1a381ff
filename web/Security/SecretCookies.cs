namespace Report12350.Web.Security;

/// <summary>The cookies that hold secrets: the draft's, the conversation's, the reporter's after the receipt, the staff session's, which staff a browser knows, and what a passkey was asked, and which account was vouched for.</summary>
public static class SecretCookies
{
    public const string Draft = "draft";
    public const string Track = "track";
    public const string Chat = "chat";
    public const string Staff = "staff";
    public const string Browser = "browser";
    public const string Passkey = "passkey";
    public const string Account = "account";

    public static string? Secret(this HttpRequest request, string name) => request.Cookies[$"__Host-{name}"];

    /// <summary>Kept until the browser closes, or less; sent to this site only, never to a script.</summary>
    public static void KeepSecret(this HttpResponse response, string name, string value) =>
        response.Cookies.Append($"__Host-{name}", value, new HostCookie(name).Build(response.HttpContext));

    /// <summary>Kept for as long as said, also when the browser closes.</summary>
    public static void KeepSecret(this HttpResponse response, string name, string value, TimeSpan life) =>
        response.Cookies.Append($"__Host-{name}", value, new HostCookie(name) { MaxAge = life }.Build(response.HttpContext));

    public static void ForgetSecret(this HttpResponse response, string name) =>
        response.Cookies.Delete($"__Host-{name}", new HostCookie(name).Build(response.HttpContext));
}
