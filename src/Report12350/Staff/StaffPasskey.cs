namespace Report12350.Staff;

/// <summary>通行密钥: a key in a person's device that stands in for the authenticator's code. Only the public half is here.</summary>
public sealed class StaffPasskey
{
    public required Guid Id { get; init; }

    public required Guid StaffId { get; init; }

    /// <summary>As its owner calls it.</summary>
    public required string Name { get; set; }

    public required byte[] CredentialId { get; init; }

    public required byte[] PublicKey { get; init; }

    /// <summary>How the browser reaches it: usb, internal, hybrid.</summary>
    public required IReadOnlyList<string> Transports { get; init; }

    /// <summary>Whether the device may copy it to the owner's others.</summary>
    public required bool BackupEligible { get; init; }

    /// <summary>Uses the device counted; 0 for those that don't count.</summary>
    public long Counter { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The counter went back, as a copy's would: it opens nothing any more.</summary>
    public DateTimeOffset? SuspectAt { get; set; }
}

/// <summary>A challenge that has been answered; none is answered twice.</summary>
public sealed class SpentChallenge
{
    public required Guid Id { get; init; }

    public required DateTimeOffset Until { get; init; }
}
