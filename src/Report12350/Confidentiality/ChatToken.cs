using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Report12350.Conversations;

namespace Report12350.Confidentiality;

/// <summary>What a Direct Line client holds of a conversation (会话令牌).</summary>
/// <param name="User">Id the client speaks under.</param>
public sealed record HeldConversation(ConversationPass Pass, string User, DateTimeOffset ExpiresAt)
{
    public override string ToString() => "held conversation";
}

/// <summary>Writes and reads that token: a JWT signed by us, bound to one conversation and one user. The conversation's key travels in it, sealed, so that no server keeps it.</summary>
public sealed class ChatToken(KeyRing ring, CookieSeal seal)
{
    private const int Longest = 2048;
    private const string Purpose = "chat-token";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string Head = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);
    private readonly byte[] key = DerivedKey.For(ring.SessionKey, Purpose);

    public string Write(HeldConversation held)
    {
        var claims = new Claims(held.User, held.Pass.Id.ToString("N"), held.ExpiresAt.ToUnixTimeSeconds(), seal.Seal(held.Pass.ToCookie(), Purpose));
        var said = $"{Head}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims, Json))}";
        return $"{said}.{Sign(said)}";
    }

    /// <summary>Null when it is none of ours. Whether its time is over, the caller asks.</summary>
    public HeldConversation? Read(string? token)
    {
        if (token is not { Length: > 0 and <= Longest } || token.Split('.') is not [var head, var body, var signature] || head != Head || !IsSame(signature, Sign($"{head}.{body}")))
            return null;
        var claims = JsonSerializer.Deserialize<Claims>(Base64Url.DecodeFromChars(body), Json)!;
        return seal.TryOpen<string>(claims.Key, Purpose, out var held) && ConversationPass.Parse(held) is { } pass
            ? new HeldConversation(pass, claims.User, DateTimeOffset.FromUnixTimeSeconds(claims.Exp))
            : null;
    }

    private string Sign(string said) => Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(said)));

    private static bool IsSame(string said, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.ASCII.GetBytes(right));

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private sealed record Claims(string User, string Conv, long Exp, string Key);
}
