namespace Report12350.Conflicts;

/// <summary>回避: a person kept out of a matter, known by their mark alone. It holds for all reports of the matter.</summary>
public sealed class ConflictBlock
{
    public required Guid MatterId { get; init; }

    /// <summary>Keyed fingerprint of the person.</summary>
    public required byte[] Person { get; init; }
}
