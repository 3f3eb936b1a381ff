namespace Report12350.Data;

/// <summary>Running number of a year's reports.</summary>
public sealed class Counter
{
    public required string Name { get; init; }

    public required long Value { get; set; }
}
