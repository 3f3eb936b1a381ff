namespace Report12350.Domain.Verification;

/// <summary>核查笔录: the written record the law asks for. Its content is sealed.</summary>
public sealed class VerificationRecord
{
    private VerificationRecord()
    {
    }

    internal VerificationRecord(Guid id, int round, Guid recordedBy, DateTimeOffset at, byte[] content)
    {
        Id = id;
        Round = round;
        RecordedBy = recordedBy;
        At = at;
        SealedContent = content;
    }

    public Guid Id { get; private set; }

    /// <summary>1 for the first verification; one more each time it is ordered again.</summary>
    public int Round { get; private set; }

    public Guid RecordedBy { get; private set; }

    public DateTimeOffset At { get; private set; }

    public byte[] SealedContent { get; private set; } = [];
}
