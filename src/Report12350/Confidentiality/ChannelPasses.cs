using System.Security.Cryptography;
using System.Text.Json;
using Report12350.Conversations;

namespace Report12350.Confidentiality;

/// <summary>The conversations of people who hold nothing of ours (渠道会话): a channel names who speaks where, and row and key are made from that and the key ring.</summary>
/// <remarks>Without the ring the database opens nothing; with both, whoever knows the channel's names opens it, for the day it lasts.</remarks>
public sealed class ChannelPasses(KeyRing ring)
{
    private const int IdLength = 16;
    private readonly byte[] key = DerivedKey.For(ring.SessionKey, "channel-conversation");

    /// <param name="names">Who vouches for it, the channel, the conversation, the person; each is told from the next.</param>
    public ConversationPass Of(params IReadOnlyList<string> names)
    {
        var made = HKDF.Expand(HashAlgorithmName.SHA256, key, IdLength + Envelope.KeyLength, JsonSerializer.SerializeToUtf8Bytes(names));
        return new ConversationPass(new Guid(made.AsSpan(0, IdLength)), made[IdLength..]);
    }
}
