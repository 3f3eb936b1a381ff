using System.Net;
using Report12350.Load;

namespace Report12350.Tests.Crash;

internal enum Answer
{
    NotSent,
    CutOff,
    Taken,
    Refused,
}

/// <summary>A form as somebody filled it in; they send it, and when no answer comes they send the very same again.</summary>
internal sealed class SentForm
{
    private readonly string path;
    private readonly string cookies;
    private readonly byte[] body;
    private readonly string takenTo;

    private SentForm(string path, string cookies, byte[] body, string takenTo, Func<Books, bool> isDone)
    {
        this.path = path;
        this.cookies = cookies;
        this.body = body;
        this.takenTo = takenTo;
        IsDone = isDone;
    }

    /// <summary>Whether the books show it, once and as sent.</summary>
    public Func<Books, bool> IsDone { get; }

    public Answer Answer { get; private set; }

    public HttpStatusCode Status { get; private set; }

    public static async Task<SentForm> ReadAsync(
        HttpClient browser, string path, string handler, string cookie, string takenTo, Func<Books, bool> isDone, params (string Name, string Value)[] fields)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Add("Cookie", cookie);
        using var page = await browser.SendAsync(asked);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path} → {page.Headers.Location}");
        var token = page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).First(c => c.StartsWith("__Host-form=", StringComparison.Ordinal));
        using var form = new Page(await page.Content.ReadAsStringAsync()).Form(handler.Length == 0 ? path : handler, fields);
        return new SentForm(
            handler.Length == 0 ? path : $"{path}?{handler}", $"{cookie}; {token}", await form.ReadAsByteArrayAsync(), takenTo, isDone);
    }

    public async Task SendAsync(HttpClient browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.Add("Cookie", cookies);
        Answer = Answer.CutOff;
        try
        {
            using var answer = await browser.SendAsync(request);
            Status = answer.StatusCode;
            Answer = Status is HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString == takenTo ? Answer.Taken : Answer.Refused;
        }
        catch (Exception gone) when (gone is HttpRequestException or System.Net.Sockets.SocketException)
        {
            // No answer came: whether it was done, the books will show.
        }
    }

    public override string ToString() => $"{path}: {Answer} {Status}";
}
