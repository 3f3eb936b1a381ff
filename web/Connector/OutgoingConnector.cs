using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Report12350.Bot.Dialogues;
using Report12350.Bot.Protocol;

namespace Report12350.Web.Connector;

/// <summary>Calls back whoever a token vouched for (连接器客户端): brings our answers, and fetches the files people sent.</summary>
public sealed class OutgoingConnector(ConnectorSettings settings, OutsideCalls outside, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PatienceWithFiles = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim one = new(1);
    private readonly Dictionary<string, (string Token, DateTimeOffset Until)> tokens = new(StringComparer.Ordinal);

    /// <exception cref="HttpRequestException">It was not taken.</exception>
    public async Task SendAsync(VouchedCaller caller, string conversation, string? replyTo, Activity activity, CancellationToken cancellationToken)
    {
        var path = $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities{(replyTo is null ? "" : $"/{Uri.EscapeDataString(replyTo)}")}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{caller.ServiceUrl.AbsoluteUri.TrimEnd('/')}/{path}") { Content = new StringContent(activity.ToJson(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(caller.Scope, cancellationToken));
        using var answer = await outside.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The files of a message, one after the other; without content where one lies elsewhere or does not come.</summary>
    public async IAsyncEnumerable<ChatFile> FetchAsync(VouchedCaller caller, IReadOnlyList<ConnectorFile> files, int most)
    {
        using var late = new CancellationTokenSource(PatienceWithFiles);
        foreach (var (file, at) in files.Where(file => file.ContentUrl is not null).Take(most + 1).Select((file, at) => (file, at + 1)))
        {
            var name = file.Name is { Length: > 0 } said ? said : $"{at}.{file.ContentType?.Split('/', ';').ElementAtOrDefault(1) ?? "bin"}";
            using var answer = await OpenAsync(caller, file, late.Token);
            await using var patience = late.Token.Register(() => answer?.Dispose()); // or one could keep us reading for ever
            yield return new ChatFile(name, answer is null ? null : await answer.Content.ReadAsStreamAsync(late.Token));
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<HttpResponseMessage?> OpenAsync(VouchedCaller caller, ConnectorFile file, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(file.ContentUrl, UriKind.Absolute, out var address) || address.GetLeftPart(UriPartial.Authority) != caller.ServiceUrl.GetLeftPart(UriPartial.Authority))
            return null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(caller.Scope, cancellationToken));
            var answer = await outside.SendAsync(request, cancellationToken, HttpCompletionOption.ResponseHeadersRead);
            if (answer.IsSuccessStatusCode)
                return answer;
            answer.Dispose();
        }
        catch (HttpRequestException)
        {
            // Said in the conversation: it did not come.
        }

        return null;
    }

    /// <summary>A token of our own, by the app's secret, for as long as it is good.</summary>
    private async Task<string> TokenAsync(string scope, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (tokens.TryGetValue(scope, out var kept) && kept.Until > now)
                return kept.Token;
            using var request = new HttpRequestMessage(HttpMethod.Post, settings.TokenAddress)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = settings.AppId,
                    ["client_secret"] = settings.Secret,
                    ["scope"] = scope,
                }),
            };
            using var answer = await outside.SendAsync(request, cancellationToken);
            var granted = JsonSerializer.Deserialize<Granted>(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken))!;
            tokens[scope] = (granted.AccessToken, now + TimeSpan.FromSeconds(granted.ExpiresIn) - Early);
            return granted.AccessToken;
        }
        catch (JsonException odd)
        {
            throw new HttpRequestException("No token.", odd);
        }
        finally
        {
            one.Release();
        }
    }

    private sealed record Granted(
        [property: System.Text.Json.Serialization.JsonPropertyName("access_token")] string AccessToken,
        [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn);
}
