namespace Report12350.Outbox;

/// <summary>An event saved with the change that raised it, to be acted on afterwards.</summary>
public sealed class OutboxMessage
{
    public long Id { get; init; }

    /// <summary>Name of the event's type.</summary>
    public required string Type { get; init; }

    public required string Content { get; init; }

    public required DateTimeOffset At { get; init; }

    public int Attempts { get; set; }

    /// <summary>Set when it kept failing; shown to the administrator.</summary>
    public DateTimeOffset? ParkedAt { get; set; }
}

/// <summary>Which node dispatches now.</summary>
public sealed class Lease
{
    public required string Name { get; init; }

    public required string Owner { get; set; }

    public required DateTimeOffset Until { get; set; }
}
