using Microsoft.EntityFrameworkCore;
using OtpNet;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Staff;

/// <summary>The second factor (第二因素): the authenticator's code, a passkey, or a recovery code instead; each works once.</summary>
internal sealed class SecondFactor(ReportsDbContext db, SignInSecrets secrets, Passkeys passkeys)
{
    public const int RecoveryCodes = 10;
    private const int TotpDigits = 6;

    public async Task<bool> WorksAsync(StaffMember member, KeyPair pair, string typed, PasskeyAnswer? passkey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (passkey is not null)
            return await passkeys.WorksAsync(member, passkey, cancellationToken);
        var plain = new string([.. typed.Where(char.IsAsciiLetterOrDigit)]);
        if (plain.Length == TotpDigits && plain.All(char.IsAsciiDigit))
            return await TotpWorksAsync(member, pair, plain, now, cancellationToken);
        return SignInSecrets.IsRecoveryCode(plain) && await RecoveryWorksAsync(member, plain, now, cancellationToken);
    }

    /// <summary>Ten new recovery codes; those before are gone. Saved by the caller.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(Guid staff, CancellationToken cancellationToken)
    {
        db.StaffRecoveryCodes.RemoveRange(await db.StaffRecoveryCodes.Where(c => c.StaffId == staff).ToListAsync(cancellationToken));
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => SignInSecrets.NewRecoveryCode())];
        db.StaffRecoveryCodes.AddRange(codes.Select(code => new StaffRecoveryCode { StaffId = staff, Hash = secrets.RecoveryCode(staff, code) }));
        return codes;
    }

    /// <summary>A code works once: the time step must be later than the last one taken.</summary>
    private async Task<bool> TotpWorksAsync(StaffMember member, KeyPair pair, string digits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var totp = new Totp(StaffKeys.OpenTotp(member.Id, pair, member.SealedTotpSecret));
        return totp.VerifyTotp(now.UtcDateTime, digits, out var step, new VerificationWindow(1, 1))
            && await db.Staff.Where(m => m.Id == member.Id && m.LastTotpStep < step)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.LastTotpStep, step), cancellationToken) == 1;
    }

    private async Task<bool> RecoveryWorksAsync(StaffMember member, string plain, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = secrets.RecoveryCode(member.Id, plain);
        if (await db.StaffRecoveryCodes.Where(c => c.StaffId == member.Id && c.Hash == hash).ExecuteDeleteAsync(cancellationToken) != 1)
            return false;
        db.Audit.Add(new AuditEntry { At = now, Act = "UseRecoveryCode", StaffId = member.Id, Department = member.Department });
        return true;
    }
}
