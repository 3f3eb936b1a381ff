using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;

namespace Report12350.Staff;

/// <summary>Shows the framework's passkey ceremony our people and their passkeys; it only reads.</summary>
internal sealed class PasskeyStore(ReportsDbContext db) : IUserPasskeyStore<StaffMember>
{
    public static string HandleOf(Guid staff) => staff.ToString("N");

    public Task<string> GetUserIdAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(HandleOf(user.Id));

    public Task<StaffMember?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Guid.TryParseExact(userId, "N", out var id)
        ? db.Staff.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && m.Active, cancellationToken)
        : Task.FromResult<StaffMember?>(null);

    public Task<StaffMember?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => db.StaffPasskeys.Where(k => k.CredentialId == credentialId)
        .Join(db.Staff, k => k.StaffId, m => m.Id, (k, m) => m).AsNoTracking().FirstOrDefaultAsync(cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(StaffMember user, CancellationToken cancellationToken) =>
        [.. (await db.StaffPasskeys.AsNoTracking().Where(k => k.StaffId == user.Id).ToListAsync(cancellationToken)).Select(Shown)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(StaffMember user, byte[] credentialId, CancellationToken cancellationToken) =>
        await db.StaffPasskeys.AsNoTracking().FirstOrDefaultAsync(k => k.StaffId == user.Id && k.CredentialId == credentialId, cancellationToken) is { } found ? Shown(found) : null;

    public void Dispose()
    {
    }

    public Task<string?> GetUserNameAsync(StaffMember user, CancellationToken cancellationToken) => throw NotAsked();

    public Task SetUserNameAsync(StaffMember user, string? userName, CancellationToken cancellationToken) => throw NotAsked();

    public Task<string?> GetNormalizedUserNameAsync(StaffMember user, CancellationToken cancellationToken) => throw NotAsked();

    public Task SetNormalizedUserNameAsync(StaffMember user, string? normalizedName, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IdentityResult> CreateAsync(StaffMember user, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IdentityResult> UpdateAsync(StaffMember user, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IdentityResult> DeleteAsync(StaffMember user, CancellationToken cancellationToken) => throw NotAsked();

    public Task<StaffMember?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw NotAsked();

    public Task AddOrUpdatePasskeyAsync(StaffMember user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw NotAsked();

    public Task RemovePasskeyAsync(StaffMember user, byte[] credentialId, CancellationToken cancellationToken) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("The ceremony reads; passkeys are changed by their own use cases.");

    /// <summary>Without the counter: it is compared when it is saved, so that of two uses at once one is noticed.</summary>
    private static UserPasskeyInfo Shown(StaffPasskey passkey) => new(
        passkey.CredentialId, passkey.PublicKey, passkey.CreatedAt, signCount: 0, [.. passkey.Transports], isUserVerified: true, passkey.BackupEligible, isBackedUp: false, [], []);
}
