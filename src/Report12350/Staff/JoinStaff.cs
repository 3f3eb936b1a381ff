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
public sealed record JoinStaff(string Code, string Password, string TotpSecret, string TotpCode) : ICommand<Joined>
{
    public override string ToString() => nameof(JoinStaff);
}

/// <summary>What the person who has joined is shown, once.</summary>
public sealed record Joined(string SignInName, IReadOnlyList<string> RecoveryCodes)
{
    public override string ToString() => nameof(Joined);
}

public sealed class JoinStaffValidator : AbstractValidator<JoinStaff>
{
    public JoinStaffValidator(PasswordRules rules, TimeProvider time)
    {
        RuleFor(c => c.Code).NotEmpty().WithMessage("staff.error.invitation");
        RuleFor(c => c.Password).Custom((password, context) =>
        {
            if (rules.FaultOf(password) is { } fault)
                context.AddFailure(fault);
        });
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

internal sealed class JoinStaffHandler(ReportsDbContext db, PasswordRules rules, SecondFactor factor, TimeProvider time) : IRequestHandler<JoinStaff, Joined>
{
    public async Task<Joined> Handle(JoinStaff request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = InvitationCode.Hash(request.Code);
        var invitation = (await db.StaffInvitations.Where(i => i.ExpiresAt > now).ToListAsync(cancellationToken)).Find(i => i.CodeHash.AsSpan().SequenceEqual(hash))
            ?? throw new RuleBrokenException("rule.InvitationUnknown");
        rules.Check(request.Password, invitation.SignInName, invitation.DisplayName);
        db.StaffInvitations.Remove(invitation);
        var member = await MemberAsync(invitation, request, now, cancellationToken);
        return new Joined(invitation.SignInName, await factor.RenewRecoveryCodesAsync(member.Id, cancellationToken));
    }

    /// <summary>Somebody new, or the same person with another key: whom they were kept out of and what they did stays theirs.</summary>
    private async Task<StaffMember> MemberAsync(StaffInvitation invitation, JoinStaff request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = invitation.StaffId ?? Guid.CreateVersion7(now);
        var stored = StaffKeys.Make(id, request.Password, Base32Encoding.ToBytes(request.TotpSecret));
        if (invitation.StaffId is null)
            return db.Staff.Add(NewMember(id, invitation, stored)).Entity;
        var member = await db.Staff.SingleAsync(m => m.Id == id, cancellationToken);
        (member.PublicKey, member.KeySalt, member.SealedPrivateKey, member.SealedTotpSecret) = (stored.PublicKey, stored.Salt, stored.SealedPrivateKey, stored.SealedTotpSecret);
        (member.LastTotpStep, member.Active) = (0, true);
        return member;
    }

    private static StaffMember NewMember(Guid id, StaffInvitation invitation, StoredStaffKey stored) => new()
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
