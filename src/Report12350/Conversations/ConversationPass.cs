using System.Buffers.Text;
using System.Security.Cryptography;
using Report12350.Confidentiality;

namespace Report12350.Conversations;

/// <summary>What the visitor holds of a conversation: its row and its key. No server keeps the key.</summary>
public sealed record ConversationPass(Guid Id, byte[] Key)
{
    public static ConversationPass New() => new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(Envelope.KeyLength));

    public static ConversationPass? Parse(string? cookie)
    {
        if (cookie is not { Length: 64 } || !Base64Url.IsValid(cookie))
            return null;
        var bytes = Base64Url.DecodeFromChars(cookie);
        return new ConversationPass(new Guid(bytes.AsSpan(0, 16)), bytes[16..]);
    }

    public string ToCookie() => Base64Url.EncodeToString([.. Id.ToByteArray(), .. Key]);

    public override string ToString() => "conversation";

    internal byte[] SealState(string state) => Envelope.SealText(Key, state, Places.Conversation(Id));

    internal string Open(Conversation conversation) => Envelope.OpenText(Key, conversation.SealedState, Places.Conversation(Id));

    internal byte[] SealLine(int sequence, string activity) => Envelope.SealText(Key, activity, Places.ConversationLine(Id, sequence));

    internal string Open(ConversationLine line) => Envelope.OpenText(Key, line.SealedActivity, Places.ConversationLine(Id, line.Sequence));
}
