using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>What the page says before it asks for a new password: whose it is, for the browser's own list of them.</summary>
public sealed record PreparePasswordChange : IQuery<PasswordOwner>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

/// <param name="HasAccount">Comes in by the house's identity provider, which has a password of its own.</param>
public sealed record PasswordOwner(string SignInName, bool HasAccount);

internal sealed class PreparePasswordChangeHandler(ReportsDbContext db, CurrentStaff current) : IRequestHandler<PreparePasswordChange, PasswordOwner>
{
    public Task<PasswordOwner> Handle(PreparePasswordChange request, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        return db.Staff.Where(m => m.Id == me).Select(m => new PasswordOwner(m.SignInName, m.Account != null)).SingleAsync(cancellationToken);
    }
}

/// <summary>
/// 改密码: the person's own key is sealed under another password, and their other sessions end. The key stays the same, and all else hangs on
/// the key or on neither: copies of the groups' keys and the authenticator's secret are sealed to it, this session holds it under its cookie's,
/// recovery codes are fingerprints under the site's, passkeys are the devices' own, the recovery key on paper opens groups and no person.
/// </summary>
/// <param name="Current">The one they have now; guesses at it are slowed down as at the sign-in.</param>
/// <param name="Password">The new one.</param>
public sealed record ChangePassword(string Current, string Password) : IRequest<Unit>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();

    public override string ToString() => nameof(ChangePassword);
}

public sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator(PasswordRules rules)
    {
        RuleFor(c => c.Current).NotEmpty().WithMessage(ChangePasswordHandler.Wrong);
        RuleFor(c => c.Password).Custom((password, context) =>
        {
            var isSame = Passphrase.IsSame(password, context.InstanceToValidate.Current);
            if ((rules.FaultOf(password) ?? (isSame ? "password.error.same" : null)) is { } fault)
                context.AddFailure(fault);
        });
    }
}

/// <summary>The attempt is counted and noted whether it succeeds or not, and the slow hash holds up no other writer; then all of the change is one transaction.</summary>
internal sealed class ChangePasswordHandler(
    ReportsDbContext db, CurrentStaff current, AuditTrail audit, PasswordRules rules, SignInPatience patience, SignInSecrets secrets, TimeProvider time)
    : IRequestHandler<ChangePassword, Unit>
{
    public const string Wrong = "password.error.wrong";

    public async Task<Unit> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var (me, now) = (current.Required().Id, time.GetUtcNow());
        var member = await db.Staff.AsNoTracking().SingleAsync(m => m.Id == me, cancellationToken);
        rules.Check(request.Password, member.SignInName, member.DisplayName);
        var lane = secrets.Lane(me.ToString("N"), "password", now);
        if (await patience.TryAsync(lane, now, cancellationToken) is not null)
            throw Refusal("password.error.wait");
        if (StaffKeys.Open(me, request.Current, member.KeySalt, member.SealedPrivateKey) is not { } pair
            || !await ChangedAsync(member, pair, request.Password, lane, now, cancellationToken))
        {
            await audit.RefuseAsync(nameof(ChangePassword), report: null, cancellationToken);
            throw Refusal(Wrong);
        }

        return Unit.Value;
    }

    /// <summary>False when the password was changed meanwhile, or the person invited again: what was opened is no longer theirs.</summary>
    private async Task<bool> ChangedAsync(StaffMember member, KeyPair pair, string password, byte[] lane, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (salt, sealedKey) = StaffKeys.SealUnder(password, member.Id, pair);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Staff.Where(m => m.Id == member.Id && m.Active && m.KeySalt == member.KeySalt).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.KeySalt, salt).SetProperty(x => x.SealedPrivateKey, sealedKey), cancellationToken) != 1)
            return false;
        await db.StaffSessions.Where(s => s.StaffId == member.Id && s.Id != current.SessionId).ExecuteDeleteAsync(cancellationToken);
        await patience.ForgetAsync(lane, cancellationToken);
        db.Audit.Add(AuditTrail.Entry(nameof(ChangePassword), current, report: null, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static ValidationException Refusal(string text) => new([new ValidationFailure(nameof(ChangePassword.Current), text)]);
}
