using Report12350.Confidentiality;

namespace Report12350.Rewards;

/// <summary>Number and claim code (领奖密码) were right. Nothing but the check makes one.</summary>
public sealed class ClaimProof
{
    internal ClaimProof(Guid claim) => Claim = claim;

    internal Guid Claim { get; }
}

/// <summary>What the claimant's cookie holds between the code and the claim: no server keeps it.</summary>
public sealed record ClaimPass(Guid Claim, DateTimeOffset ExpiresAt);

/// <summary>Turns a proof into the claimant's cookie and back.</summary>
public sealed class ClaimPasses(CookieSeal cookies, TimeProvider time)
{
    private const string Purpose = "claim";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(20);

    public string Seal(ClaimProof proof) => cookies.Seal(new ClaimPass(proof.Claim, time.GetUtcNow() + Lasts), Purpose);

    /// <summary>Null when it has run out or was tampered with.</summary>
    public ClaimProof? Open(string? pass) =>
        cookies.TryOpen<ClaimPass>(pass, Purpose, out var held) && held.ExpiresAt > time.GetUtcNow() ? new ClaimProof(held.Claim) : null;
}
