namespace Report12350.Conversations;

/// <summary>A conversation with the automatic service (会话): where it stands and what was said, sealed under a key only the visitor holds; gone after 24 hours.</summary>
public sealed class Conversation
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }

    /// <summary>State of the dialogue.</summary>
    public required byte[] SealedState { get; set; }

    /// <summary>Rises with each turn, so that of two turns at once the second is seen.</summary>
    public int Version { get; set; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>One thing said (发言), by either side, in its order.</summary>
public sealed class ConversationLine
{
    public required Guid ConversationId { get; init; }

    /// <summary>From 1; what a client has seen is everything up to a number.</summary>
    public required int Sequence { get; init; }

    public required byte[] SealedActivity { get; init; }
}

/// <summary>Leave to open something for a while (会话票): one stream of a conversation, once and within a minute – its key, sealed under what only the stream's address holds – or the report followed in it, for half an hour: see <see cref="HoldPass"/>.</summary>
public sealed class ConversationTicket
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required byte[] SealedKey { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
