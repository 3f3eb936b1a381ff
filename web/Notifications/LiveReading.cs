namespace Report12350.Web.Notifications;

/// <summary>Tells somebody reading from a page that reads itself again (页面自读): <c>live.js</c> says so with each.</summary>
public static class LiveReading
{
    public static bool IsRead(this HttpRequest request) => !request.Headers.ContainsKey("X-Live");
}
