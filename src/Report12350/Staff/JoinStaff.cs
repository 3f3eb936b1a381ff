using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>Joins the staff with an invitation's code: sets a password, which seals the person's own key, and proves the second factor.</summary>
/// <param name="TotpSecret">Base32 secret that the page showed as a QR code.</param>
public sealed record JoinStaff(string Code, string Password, string TotpSecret, string TotpCode) : ICommand<string>
{
    public override string ToString() => nameof(JoinStaff);
}

public sealed class JoinStaffValidator : AbstractValidator<JoinStaff>
{
    public const int ShortestPassword = 12;

    public JoinStaffValidator(TimeProvider time)
    {
        RuleFor(c => c.Code).NotEmpty().WithMessage("staff.error.invitation");
        RuleFor(c => c.Password).MinimumLength(ShortestPassword).WithMessage("staff.error.passwordShort").MaximumLength(200).WithMessage("staff.error.passwordLong");
        RuleFor(c => c.TotpCode).Must((c, code) => Works(c.TotpSecret, code, time)).WithMessage("staff.error.code");
    }

    private static bool Works(string secret, string? code, TimeProvider time)
    {
        try
        {
            return code is not null && new Totp(Base32Encoding.ToBytes(secret))
                .VerifyTotp(time.GetUtcNow().UtcDateTime, code.Replace(" ", "", StringComparison.Ordinal), out _, new VerificationWindow(1, 1));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

internal sealed class JoinStaffHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<JoinStaff, string>
{
    public async Task<string> Handle(JoinStaff request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = InvitationCode.Hash(request.Code);
        var invitation = (await db.StaffInvitations.Where(i => i.ExpiresAt > now).ToListAsync(cancellationToken)).Find(i => i.CodeHash.AsSpan().SequenceEqual(hash))
            ?? throw new RuleBrokenException("rule.InvitationUnknown");
        db.StaffInvitations.Remove(invitation);
        db.Staff.Add(NewMember(invitation, request.Password, Base32Encoding.ToBytes(request.TotpSecret), now));
        return invitation.SignInName;
    }

    internal static StaffMember NewMember(StaffInvitation invitation, string password, byte[] totpSecret, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var stored = StaffKeys.Make(id, password, totpSecret);
        return new StaffMember
        {
            Id = id,
            SignInName = invitation.SignInName,
            DisplayName = invitation.DisplayName,
            Department = invitation.Department,
            Roles = invitation.Roles,
            PublicKey = stored.PublicKey,
            KeySalt = stored.Salt,
            SealedPrivateKey = stored.SealedPrivateKey,
            SealedTotpSecret = stored.SealedTotpSecret,
        };
    }
}
