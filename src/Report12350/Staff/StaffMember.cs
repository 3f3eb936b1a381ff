using Report12350.Domain.Access;

namespace Report12350.Staff;

/// <summary>工作人员. No password is stored: the password opens the private key, or it is wrong.</summary>
public sealed class StaffMember
{
    public required Guid Id { get; init; }

    /// <summary>Lower-case name typed at sign-in.</summary>
    public required string SignInName { get; init; }

    public required string DisplayName { get; set; }

    public required string Department { get; set; }

    public required IReadOnlyList<Role> Roles { get; set; }

    public bool Active { get; set; } = true;

    public required byte[] PublicKey { get; set; }

    public required byte[] KeySalt { get; set; }

    /// <summary>Private half of the staff key under Argon2id(password).</summary>
    public required byte[] SealedPrivateKey { get; set; }

    /// <summary>TOTP secret, sealed to the staff key: a thief of the database cannot make codes.</summary>
    public required byte[] SealedTotpSecret { get; set; }

    /// <summary>Their account at the house's identity provider, if an administrator has linked one.</summary>
    public string? Account { get; set; }

    /// <summary>Time step of the last code taken; a code works once.</summary>
    public long LastTotpStep { get; set; }
}

/// <summary>恢复码: works once in place of the authenticator; only its keyed fingerprint is kept.</summary>
public sealed class StaffRecoveryCode
{
    public required Guid StaffId { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>A signed-in session. The private key is sealed under a key that only the session's cookie holds.</summary>
public sealed class StaffSession
{
    public required Guid Id { get; init; }

    public required Guid StaffId { get; init; }

    public required byte[] SealedPrivateKey { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When the second factor was last proven in this session.</summary>
    public DateTimeOffset SecondFactorAt { get; set; }
}

/// <summary>Key pair of a department or role, of one generation. The private half is sealed to each member, and to the recovery key on paper.</summary>
public sealed class KeyGroup
{
    public required string Id { get; init; }

    /// <summary>Rises whenever a member leaves: what is sealed from then on, the leaver's copy does not open.</summary>
    public required int Generation { get; init; }

    /// <summary>A former key under which nothing lies any more.</summary>
    public bool Emptied { get; set; }

    public required byte[] PublicKey { get; init; }

    public required byte[] SealedForRecovery { get; init; }
}

/// <summary>A member's copy of a group's private key, of one generation.</summary>
public sealed class GroupMember
{
    public required string GroupId { get; init; }

    public required int Generation { get; init; }

    public required Guid StaffId { get; init; }

    public required byte[] SealedPrivateKey { get; init; }
}

/// <summary>An open invitation to join the staff; the code leaves by another way and is not stored.</summary>
public sealed class StaffInvitation
{
    public required Guid Id { get; init; }

    /// <summary>Who joins again; null for somebody new.</summary>
    public Guid? StaffId { get; init; }

    public required string SignInName { get; init; }

    public required string DisplayName { get; init; }

    public required string Department { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
