using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>我的通行密钥: the person's own, by day.</summary>
public sealed record ListMyPasskeys : IQuery<IReadOnlyList<PasskeyLine>>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

/// <param name="IsSuspect">Its counter went back; it opens nothing any more.</param>
public sealed record PasskeyLine(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, bool IsSuspect);

internal sealed class ListMyPasskeysHandler(ReportsDbContext db, CurrentStaff current) : IRequestHandler<ListMyPasskeys, IReadOnlyList<PasskeyLine>>
{
    public async Task<IReadOnlyList<PasskeyLine>> Handle(ListMyPasskeys request, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        return await db.StaffPasskeys.AsNoTracking().Where(k => k.StaffId == me).OrderBy(k => k.Id)
            .Select(k => new PasskeyLine(k.Id, k.Name, k.CreatedAt, k.UsedAt, k.SuspectAt != null)).ToListAsync(cancellationToken);
    }
}

/// <summary>The first half of adding one: its name, and what the device is to sign.</summary>
public sealed record PreparePasskey(string? Name) : IQuery<PasskeyQuestion>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

public sealed class PreparePasskeyValidator : AbstractValidator<PreparePasskey>
{
    public PreparePasskeyValidator() => RuleFor(c => c.Name).Must(PasskeyName.IsGood).WithMessage(PasskeyName.Fault);
}

internal sealed class PreparePasskeyHandler(ReportsDbContext db, CurrentStaff current, Passkeys passkeys) : IRequestHandler<PreparePasskey, PasskeyQuestion>
{
    public async Task<PasskeyQuestion> Handle(PreparePasskey request, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        return await passkeys.AskToAddAsync(await db.Staff.AsNoTracking().SingleAsync(m => m.Id == me, cancellationToken));
    }
}

/// <summary>添加通行密钥: with the device's answer; the authenticator stays.</summary>
public sealed record AddPasskey(string? Name, PasskeyAnswer Answer) : ICommand<Unit>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();

    public override string ToString() => nameof(AddPasskey);
}

public sealed class AddPasskeyValidator : AbstractValidator<AddPasskey>
{
    public AddPasskeyValidator() => RuleFor(c => c.Name).Must(PasskeyName.IsGood).WithMessage(PasskeyName.Fault);
}

internal sealed class AddPasskeyHandler(ReportsDbContext db, CurrentStaff current, Passkeys passkeys) : IRequestHandler<AddPasskey, Unit>
{
    private const int Most = 10;

    public async Task<Unit> Handle(AddPasskey request, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        if (await db.StaffPasskeys.CountAsync(k => k.StaffId == me, cancellationToken) >= Most)
            throw new RuleBrokenException("rule.PasskeysTooMany", Most);
        db.StaffPasskeys.Add(await passkeys.AddedAsync(me, request.Name!.Trim(), request.Answer, cancellationToken)
            ?? throw new ValidationException([new ValidationFailure(nameof(request.Name), "passkeys.error.answer")]));
        return Unit.Value;
    }
}

/// <summary>改名.</summary>
public sealed record RenamePasskey(Guid Passkey, string? Name) : ICommand<Unit>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

public sealed class RenamePasskeyValidator : AbstractValidator<RenamePasskey>
{
    public RenamePasskeyValidator() => RuleFor(c => c.Name).Must(PasskeyName.IsGood).WithMessage(PasskeyName.Fault);
}

internal sealed class RenamePasskeyHandler(ReportsDbContext db, CurrentStaff current) : IRequestHandler<RenamePasskey, Unit>
{
    public async Task<Unit> Handle(RenamePasskey request, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        var own = await db.StaffPasskeys.FirstOrDefaultAsync(k => k.Id == request.Passkey && k.StaffId == me, cancellationToken) ?? throw new NotFoundException();
        own.Name = request.Name!.Trim();
        return Unit.Value;
    }
}

/// <summary>移除通行密钥: the authenticator and the recovery codes stay, so nobody is left with the password alone.</summary>
public sealed record RemovePasskey(Guid Passkey) : ICommand<Unit>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

internal sealed class RemovePasskeyHandler(ReportsDbContext db, CurrentStaff current) : IRequestHandler<RemovePasskey, Unit>
{
    public async Task<Unit> Handle(RemovePasskey request, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        db.StaffPasskeys.Remove(await db.StaffPasskeys.FirstOrDefaultAsync(k => k.Id == request.Passkey && k.StaffId == me, cancellationToken) ?? throw new NotFoundException());
        return Unit.Value;
    }
}

/// <summary>What a passkey may be called.</summary>
internal static class PasskeyName
{
    public const string Fault = "passkeys.error.name";
    private const int Longest = 40;

    public static bool IsGood(string? name) => !string.IsNullOrWhiteSpace(name) && name.Length <= Longest;
}
