using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Identity;

/// <summary>不准许查看, with a reason for the person who asked.</summary>
public sealed record RefuseReveal(Guid Request, int Version, string? Answer) : ICommand<Unit>, INeedRole, IConcernReveal
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Custodian];

    public override string ToString() => nameof(RefuseReveal);
}

public sealed class RefuseRevealValidator : AbstractValidator<RefuseReveal>
{
    public RefuseRevealValidator() =>
        RuleFor(c => c.Answer).NotEmpty().WithMessage("reveals.error.answer").MaximumLength(RequestReveal.LongestWhy).WithMessage("reveals.error.whyLong");
}

internal sealed class RefuseRevealHandler(ReportsDbContext db, IdentitySeal identities, CurrentStaff current, TimeProvider time) : IRequestHandler<RefuseReveal, Unit>
{
    public async Task<Unit> Handle(RefuseReveal request, CancellationToken cancellationToken)
    {
        var asked = await db.LoadRevealAsync(request.Request, request.Version, cancellationToken);
        var person = await db.Staff.AsNoTracking().FirstOrDefaultAsync(m => m.Id == asked.RequestedBy, cancellationToken)
            ?? throw new RuleBrokenException("rule.RequesterGone");
        asked.Refuse(current.Required().Id, await identities.SealAnswerAsync(asked, person, request.Answer!, cancellationToken), time.GetUtcNow());
        return Unit.Value;
    }
}
