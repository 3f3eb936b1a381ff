using System.Text.Json;
using Report12350.Bot.Dialogues;
using Report12350.Web.Connector;

namespace Report12350.Web.WeChat;

/// <summary>Fetches what people sent from the platform (微信素材): it keeps photos, films and voices for three days.</summary>
public sealed class WeChatMedia(WeChatSettings settings, OutsideCalls outside, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim one = new(1);
    private (string Token, DateTimeOffset Until) kept = ("", DateTimeOffset.MinValue);

    /// <summary>Without content when it does not come.</summary>
    public async IAsyncEnumerable<ChatFile> FetchAsync(string media, string name)
    {
        using var late = new CancellationTokenSource(Patience);
        using var answer = await OpenAsync(media, late.Token);
        await using var patience = late.Token.Register(() => answer?.Dispose());
        yield return new ChatFile(name, answer is null ? null : await answer.Content.ReadAsStreamAsync(late.Token));
    }

    public void Dispose() => one.Dispose();

    private async Task<HttpResponseMessage?> OpenAsync(string media, CancellationToken cancellationToken)
    {
        if (settings.Secret is not { Length: > 0 })
            return null;
        try
        {
            var token = await TokenAsync(null, cancellationToken);
            return await AskAsync(media, token, cancellationToken) ?? await AskAsync(media, await TokenAsync(token, cancellationToken), cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null; // said in the conversation: it did not come
        }
    }

    /// <summary>Null for a fault, which comes as 200 with words about it: most of all a token that another program of the county's has had replaced. So does where a film lies, which only the platform's own players follow.</summary>
    private async Task<HttpResponseMessage?> AskAsync(string media, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Api, $"cgi-bin/media/get?access_token={Uri.EscapeDataString(token)}&media_id={Uri.EscapeDataString(media)}"));
        var answer = await outside.SendAsync(request, cancellationToken, HttpCompletionOption.ResponseHeadersRead);
        if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType is not ("application/json" or "text/plain"))
            return answer;
        answer.Dispose();
        return null;
    }

    /// <param name="worn">One that was of no use.</param>
    private async Task<string> TokenAsync(string? worn, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (kept.Until > now && kept.Token != worn)
                return kept.Token;
            var granted = JsonDocument.Parse(await outside.ReadAsync(new Uri(settings.Api, settings.TokenPath), cancellationToken)).RootElement;
            var token = granted.GetProperty("access_token").GetString()!;
            kept = (token, now + TimeSpan.FromSeconds(granted.GetProperty("expires_in").GetInt32()) - Early);
            return token;
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HttpRequestException("No token.", odd);
        }
        finally
        {
            one.Release();
        }
    }
}
