using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Bot;

/// <summary>The site on SQLite, on a port of its own.</summary>
public sealed class SqlitePort : SqliteApplication
{
    protected override bool OnAPort => true;
}

/// <summary>The site on PostgreSQL, on a port of its own.</summary>
public sealed class PostgresPort : PostgresApplication
{
    protected override bool OnAPort => true;
}

/// <summary>A client that speaks Direct Line word by word.</summary>
internal sealed class DirectLineClient(HttpClient http) : IDisposable
{
    public string Token { get; set; } = "";

    public string Id { get; private set; } = "";

    private static CancellationToken Gone => TestContext.Current.CancellationToken;

    public static Task<DirectLineClient> BeginAsync(ReportApplication app, string user = "dl_tester") => BeginAsync(app.CreateClient(), user);

    public static async Task<DirectLineClient> BeginAsync(HttpClient http, string user = "dl_tester")
    {
        var client = new DirectLineClient(http);
        client.Take(await client.AskAsync("POST", "tokens/generate", new { user = new { id = user } }));
        return client;
    }

    public void Take(JsonElement answer) => (Id, Token) = (answer.GetProperty("conversationId").GetString()!, answer.GetProperty("token").GetString()!);

    public string Own(string rest = "") => $"conversations/{Id}{rest}";

    public async Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? body = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v3/directline/{path}") { Content = body };
        if ((authorization ?? (Token.Length > 0 ? $"Bearer {Token}" : "")) is { Length: > 0 } said)
            request.Headers.TryAddWithoutValidation("Authorization", said);
        return await http.SendAsync(request, Gone);
    }

    public async Task<JsonElement> AskAsync(string method, string path, object? body = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await SendAsync(method, path, body is null ? null : Json(JsonSerializer.Serialize(body)));
        var text = await answer.Content.ReadAsStringAsync(Gone);
        answer.StatusCode.ShouldBe(status, text);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return JsonDocument.Parse(text).RootElement;
    }

    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, "application/json");

    public Task<JsonElement> SayAsync(string text, string? clientId = null) =>
        AskAsync("POST", Own("/activities"), new { type = "message", from = new { id = "whoever" }, text, channelData = new { clientActivityID = clientId } });

    public async Task<List<JsonElement>> PollAsync(string? watermark = "")
    {
        var set = await AskAsync("GET", Own($"/activities{(watermark is null ? "" : $"?watermark={watermark}")}"));
        return [.. set.GetProperty("activities").EnumerateArray()];
    }

    /// <summary>Says all of it, one after the other.</summary>
    public async Task WalkAsync(params string[] said)
    {
        foreach (var text in said)
            await SayAsync(text);
    }

    public async Task<DirectLineSocket> ListenAsync(string? watermark = "")
    {
        var answer = await AskAsync("GET", Own(watermark is null ? "" : $"?watermark={watermark}"));
        Take(answer);
        return await DirectLineSocket.OpenAsync(answer.GetProperty("streamUrl").GetString()!);
    }

    public void Dispose() => http.Dispose();
}

/// <summary>One stream, as a client holds it.</summary>
internal sealed class DirectLineSocket : IDisposable
{
    private readonly ClientWebSocket socket = new();

    public string Watermark { get; private set; } = "";

    public static async Task<DirectLineSocket> OpenAsync(string address)
    {
        var stream = new DirectLineSocket();
        await stream.socket.ConnectAsync(new Uri(address), TestContext.Current.CancellationToken);
        return stream;
    }

    /// <summary>The next activities; null when the server closed it.</summary>
    public async Task<List<JsonElement>?> NextAsync()
    {
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                frame.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                    break;
            }
        }
        catch (WebSocketException)
        {
            return null;
        }

        var set = JsonDocument.Parse(frame.ToArray()).RootElement;
        Watermark = set.GetProperty("watermark").GetString()!;
        return [.. set.GetProperty("activities").EnumerateArray()];
    }

    /// <summary>Everything until one that is looked for.</summary>
    public async Task<List<JsonElement>> UntilAsync(Func<JsonElement, bool> last)
    {
        List<JsonElement> heard = [];
        while (!heard.Exists(a => last(a)))
            heard.AddRange(await NextAsync() ?? throw new InvalidOperationException("The stream was closed."));
        return heard;
    }

    public Task PingAsync() => socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    public void Dispose() => socket.Dispose();
}

internal static class DirectLineActivities
{
    public static string Text(this JsonElement activity) => activity.TryGetProperty("text", out var text) ? text.GetString()! : "";

    public static string Id(this JsonElement activity) => activity.GetProperty("id").GetString()!;

    public static string Role(this JsonElement activity) => activity.GetProperty("from").GetProperty("role").GetString()!;

    public static string? ClientId(this JsonElement activity) =>
        activity.TryGetProperty("channelData", out var data) && data.TryGetProperty("clientActivityID", out var id) ? id.GetString() : null;
}
