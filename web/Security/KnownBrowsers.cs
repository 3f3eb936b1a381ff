using Report12350.Confidentiality;
using Report12350.Staff;

namespace Report12350.Web.Security;

/// <summary>Browsers in which staff have signed in (已知浏览器): there, wrong attempts of others make nobody wait. The browser carries it; the server keeps nothing.</summary>
public sealed class KnownBrowsers(CookieSeal seal, TimeProvider time)
{
    private const string Purpose = "known browser";

    /// <summary>People who share a browser, at a counter say.</summary>
    private const int MostStaff = 8;

    private static readonly TimeSpan Life = TimeSpan.FromDays(180);

    public KnownBrowser? Of(HttpRequest request) =>
        seal.TryOpen<KnownBrowser>(request.Secret(SecretCookies.Browser), Purpose, out var known) && known.Since + Life > time.GetUtcNow() ? known : null;

    public void Remember(HttpResponse response, KnownBrowser? known, Guid staff)
    {
        IReadOnlyList<Guid> people = [staff, .. (known?.Staff ?? []).Where(one => one != staff).Take(MostStaff - 1)];
        var now = new KnownBrowser(known?.Id ?? Guid.NewGuid(), people, time.GetUtcNow());
        response.KeepSecret(SecretCookies.Browser, seal.Seal(now, Purpose), Life);
    }

    /// <summary>The visitor's network, not their address.</summary>
    public static string NetworkOf(HttpContext context) => Convert.ToHexString(NetworkMarks.PrefixOf(context.Connection.RemoteIpAddress));
}
