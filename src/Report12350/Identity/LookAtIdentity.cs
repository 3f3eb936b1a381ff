using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Identity;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Identity;

/// <summary>查看身份: the person to whom it was granted, within the time box, while they still work on the report; noted before anything is shown.</summary>
public sealed record LookAtIdentity(Guid Request) : IQuery<RevealedIdentity>, INeedStepUp, IConcernReveal;

public sealed record RevealedIdentity(string Number, string? Name, string? Phone, DateTimeOffset Until)
{
    public override string ToString() => nameof(RevealedIdentity);
}

internal sealed class LookAtIdentityHandler(ReportsDbContext db, IdentitySeal identities, CurrentStaff current, AuditTrail audit, TimeProvider time)
    : IRequestHandler<LookAtIdentity, RevealedIdentity>
{
    public async Task<RevealedIdentity> Handle(LookAtIdentity request, CancellationToken cancellationToken)
    {
        var (person, now) = (current.Required(), time.GetUtcNow());
        var asked = await db.RevealRequests.AsNoTracking().FirstOrDefaultAsync(r => r.Id == request.Request, cancellationToken) ?? throw new NotFoundException();
        var report = await db.Reports.AsNoTracking().SingleAsync(r => r.Id == asked.ReportId, cancellationToken);
        if (asked.RequestedBy != person.Id || !Permissions.MayRead(person, report, now))
            throw await RefusedAsync(report, new NotPermittedException(), cancellationToken);
        if (asked.StateAt(now) is not RevealState.Granted)
            throw await RefusedAsync(report, new RuleBrokenException("rule.RevealOver"), cancellationToken);
        await audit.NoteAsync(nameof(LookAtIdentity), report.Id, cancellationToken, asked.Role);
        var identity = identities.Open<ReporterIdentity>(asked, report);
        return new RevealedIdentity(report.Number, identity.Name, identity.Phone, asked.Until!.Value);
    }

    private async Task<Exception> RefusedAsync(Domain.Reports.Report report, Exception refusal, CancellationToken cancellationToken)
    {
        await audit.RefuseAsync(nameof(LookAtIdentity), report.Id, cancellationToken);
        return refusal;
    }
}
