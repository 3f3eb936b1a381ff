using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Identity;

/// <summary>准许查看: for these hours the person who asked may look, and nobody else; the custodian does not see who the reporter is.</summary>
public sealed record GrantReveal(Guid Request, int Version, int? Hours) : ICommand<Unit>, INeedRole, INeedStepUp, IConcernReveal
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Custodian];
}

public sealed class GrantRevealValidator : AbstractValidator<GrantReveal>
{
    public GrantRevealValidator(JurisdictionProfile profile, TimeProvider time) =>
        RuleFor(c => c.Hours).NotNull().WithMessage("reveals.error.hours")
            .Must(hours => hours is null || (hours >= 1 && hours <= profile.RevealHours(time))).WithMessage("reveals.error.hours");
}

internal sealed class GrantRevealHandler(ReportsDbContext db, IdentitySeal identities, ConflictBlocks conflicts, CurrentStaff current, TimeProvider time)
    : IRequestHandler<GrantReveal, Unit>
{
    public async Task<Unit> Handle(GrantReveal request, CancellationToken cancellationToken)
    {
        var asked = await db.LoadRevealAsync(request.Request, request.Version, cancellationToken);
        var person = await db.Staff.AsNoTracking().FirstOrDefaultAsync(m => m.Id == asked.RequestedBy && m.Active, cancellationToken)
            ?? throw new RuleBrokenException("rule.RequesterGone");
        var matter = await db.Reports.Where(r => r.Id == asked.ReportId).Select(r => r.MatterId).SingleAsync(cancellationToken);
        if ((await conflicts.OfAsync(person.Id, cancellationToken)).Contains(matter))
            throw new RuleBrokenException("rule.RequesterGone");
        var now = time.GetUtcNow();
        asked.Grant(current.Required().Id, await identities.HandOverAsync(asked, person, cancellationToken), now.AddHours(request.Hours!.Value), now);
        return Unit.Value;
    }
}
