using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Report12350.Web.Connector;

/// <summary>A key somebody publishes, and the channels it speaks for.</summary>
public sealed record PublishedKey(JsonWebKey Key, IReadOnlyList<string> Endorsements);

/// <summary>The keys an issuer of tokens publishes (签发方公钥), asked for once a day, and sooner when a token names one we don't know.</summary>
public sealed class OpenIdKeys(Uri metadata, OutsideCalls outside, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim one = new(1);
    private (DateTimeOffset At, IReadOnlyList<PublishedKey> Keys)? known;
    private DateTimeOffset asked;

    /// <summary>Null when there is none of that name.</summary>
    /// <exception cref="HttpRequestException">They are not to be had.</exception>
    public async Task<PublishedKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var fresh = known is { } kept && now - kept.At < Kept;
            if ((!fresh || Named(id) is null) && now - asked >= Pause)
            {
                asked = now;
                known = (now, await AskAsync(cancellationToken));
                fresh = true;
            }

            return fresh ? Named(id) : throw new HttpRequestException("No keys.");
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private PublishedKey? Named(string id) => known?.Keys.FirstOrDefault(key => key.Key.Kid == id);

    private async Task<IReadOnlyList<PublishedKey>> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var about = JsonDocument.Parse(await outside.ReadAsync(metadata, cancellationToken));
            using var set = JsonDocument.Parse(await outside.ReadAsync(new Uri(about.RootElement.GetProperty("jwks_uri").GetString()!), cancellationToken));
            return [.. set.RootElement.GetProperty("keys").EnumerateArray().Select(key => new PublishedKey(new JsonWebKey(key.GetRawText()), EndorsementsOf(key)))];
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException or ArgumentException)
        {
            throw new HttpRequestException("No keys.", odd);
        }
    }

    private static IReadOnlyList<string> EndorsementsOf(JsonElement key) =>
        key.TryGetProperty("endorsements", out var said) && said.ValueKind is JsonValueKind.Array ? [.. said.EnumerateArray().Select(channel => channel.GetString() ?? "")] : [];
}
