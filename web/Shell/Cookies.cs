namespace Report12350.Web;

/// <summary>The two cookies that keep how a visitor likes to read; they say nothing of who it is.</summary>
public static class Cookies
{
    public const string Language = "lang";
    public const string Display = "display";
    public const string Elder = "elder";

    public static bool IsElder(this HttpRequest request) => request.Cookies[Display] == Elder;

    public static void Keep(this HttpResponse response, string name, string value) =>
        response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(180),
            Path = "/",
            SameSite = SameSiteMode.Strict,
            Secure = true,
        });

    /// <summary>Ends every cookie the browser sent us.</summary>
    public static void ForgetAll(this HttpResponse response)
    {
        foreach (var name in response.HttpContext.Request.Cookies.Keys)
        {
            response.Cookies.Delete(name, new CookieOptions { Path = "/", Secure = true, SameSite = SameSiteMode.Strict });
        }
    }
}
