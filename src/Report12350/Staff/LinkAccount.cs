using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>关联单位账号: the administrator says which account at the house's identity provider is this person's. Nobody is made by signing in.</summary>
/// <param name="Account">The provider's own name for the account; empty to unlink.</param>
public sealed record LinkAccount(Guid Staff, string? Account) : ICommand<Unit>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Administrator];
}

public sealed class LinkAccountValidator : AbstractValidator<LinkAccount>
{
    public LinkAccountValidator() => RuleFor(c => c.Account).MaximumLength(255).WithMessage("accounts.error.long");
}

internal sealed class LinkAccountHandler(ReportsDbContext db) : IRequestHandler<LinkAccount, Unit>
{
    public async Task<Unit> Handle(LinkAccount request, CancellationToken cancellationToken)
    {
        var member = await db.Staff.FirstOrDefaultAsync(m => m.Id == request.Staff && m.Active, cancellationToken) ?? throw new NotFoundException();
        var account = string.IsNullOrWhiteSpace(request.Account) ? null : request.Account.Trim();
        if (account is not null && await db.Staff.AnyAsync(m => m.Account == account && m.Id != member.Id, cancellationToken))
            throw new RuleBrokenException("rule.AccountTaken");
        member.Account = account;
        return Unit.Value;
    }
}
