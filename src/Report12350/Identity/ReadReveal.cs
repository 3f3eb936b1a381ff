using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Identity;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Identity;

/// <summary>One request as a custodian decides on it: who asks, in which role, and why; never who the reporter is.</summary>
public sealed record ReadReveal(Guid Request) : IQuery<RevealQuestion>, INeedRole, IConcernReveal
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Custodian];
}

/// <param name="LongestHours">The county's time box.</param>
public sealed record RevealQuestion(
    Guid Id, int Version, string Number, RevealReason Reason, string Why, string By, Role Role, string Department, DateTimeOffset RequestedAt,
    RevealState State, DateTimeOffset? Until, int LongestHours);

internal sealed class ReadRevealHandler(ReportsDbContext db, IdentitySeal identities, AuditTrail audit, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ReadReveal, RevealQuestion>
{
    public async Task<RevealQuestion> Handle(ReadReveal request, CancellationToken cancellationToken)
    {
        var asked = await db.RevealRequests.AsNoTracking().FirstOrDefaultAsync(r => r.Id == request.Request, cancellationToken) ?? throw new NotFoundException();
        var number = await db.Reports.Where(r => r.Id == asked.ReportId).Select(r => r.Number).SingleAsync(cancellationToken);
        var name = await db.Staff.Where(m => m.Id == asked.RequestedBy).Select(m => m.DisplayName).FirstOrDefaultAsync(cancellationToken);
        var why = await identities.WhyAsync(asked, cancellationToken);
        await audit.NoteAsync(nameof(ReadReveal), asked.ReportId, cancellationToken, Role.Custodian);
        return new RevealQuestion(
            asked.Id, asked.Version, number, asked.Reason, why, name ?? "", asked.Role, asked.Department, asked.RequestedAt,
            asked.StateAt(time.GetUtcNow()), asked.Until, profile.RevealHours(time));
    }
}
