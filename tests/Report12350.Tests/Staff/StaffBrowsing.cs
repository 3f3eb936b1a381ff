using OtpNet;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Staff;

/// <summary>Staff in front of a browser.</summary>
internal static class StaffBrowsing
{
    /// <summary>A browser in which this person is signed in.</summary>
    public static HttpClient BrowserOf(this ReportApplication app, StaffHands hands) =>
        new(new WithCookie(app.Server.CreateHandler(), $"__Host-staff={hands.Pass.ToCookie()}")) { BaseAddress = new Uri("https://localhost") };

    public static string CodeNow(this ReportApplication app, string secret) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(app.Time.GetUtcNow().UtcDateTime);

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient browser, string name, string password, string code) =>
        browser.SendFormAsync("/staff/sign-in", [("Name", name), ("Password", password), ("Code", code)]);

    /// <summary>Keeps the cookies the site sets, beside the session's.</summary>
    private sealed class WithCookie(HttpMessageHandler inner, string session) : DelegatingHandler(inner)
    {
        private readonly Dictionary<string, string> kept = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("Cookie", string.Join("; ", kept.Values.Prepend(session)));
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
                kept[cookie.Split('=')[0]] = cookie.Split(';')[0];
            return answer;
        }
    }
}
