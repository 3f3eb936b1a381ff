namespace Report12350.Intake;

/// <summary>A report in the making: sealed, its key only in the visitor's cookie, gone after 24 hours.</summary>
public sealed class Draft
{
    public required Guid Id { get; init; }

    /// <summary>The answers so far under the draft's key.</summary>
    public byte[] SealedAnswers { get; set; } = [];

    /// <summary>Number and receipt under the draft's key, from filing until the reporter has saved them.</summary>
    public byte[]? SealedFiled { get; set; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Operator entering it for a caller, if any.</summary>
    public Guid? StaffId { get; init; }
}
