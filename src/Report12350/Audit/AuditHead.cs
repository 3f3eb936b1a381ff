namespace Report12350.Audit;

/// <summary>链头: the last entry's place and seal. Its one row is what writers of the audit queue at.</summary>
public sealed class AuditHead
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    public long Sequence { get; set; }

    public required byte[] Hash { get; set; }
}
