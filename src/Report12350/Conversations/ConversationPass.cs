using Report12350.Confidentiality;

namespace Report12350.Conversations;

/// <summary>What the visitor holds of a conversation: its row and its key. No server keeps the key.</summary>
public sealed record ConversationPass(Guid Id, byte[] Key)
{
    public static ConversationPass New() => new(Guid.NewGuid(), RowPass.NewKey());

    public static ConversationPass? Parse(string? cookie) => RowPass.Read(cookie) is var (id, key) ? new ConversationPass(id, key) : null;

    public string ToCookie() => RowPass.Write(Id, Key);

    public override string ToString() => "conversation";

    internal byte[] SealState(string state) => Envelope.SealText(Key, state, Places.Conversation(Id));

    internal string Open(Conversation conversation) => Envelope.OpenText(Key, conversation.SealedState, Places.Conversation(Id));

    /// <param name="said">How much was said before them.</param>
    internal IEnumerable<ConversationLine> Lines(int said, IEnumerable<string> activities) =>
        activities.Select((activity, at) => new ConversationLine
        {
            ConversationId = Id,
            Sequence = said + at + 1,
            SealedActivity = Envelope.SealText(Key, activity, Places.ConversationLine(Id, said + at + 1)),
        });

    internal string Open(ConversationLine line) => Envelope.OpenText(Key, line.SealedActivity, Places.ConversationLine(Id, line.Sequence));
}
