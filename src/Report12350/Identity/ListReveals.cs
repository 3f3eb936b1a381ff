using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Identity;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Identity;

/// <summary>Requests for the custodians (查看身份申请): those that wait first, then the latest decided.</summary>
public sealed record ListReveals : IQuery<IReadOnlyList<RevealLine>>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Custodian];
}

public sealed record RevealLine(Guid Id, string Number, RevealReason Reason, string By, Role Role, string Department, DateTimeOffset RequestedAt, RevealState State);

internal sealed class ListRevealsHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<ListReveals, IReadOnlyList<RevealLine>>
{
    private const int Most = 100;

    public async Task<IReadOnlyList<RevealLine>> Handle(ListReveals request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<Guid> conflicts = [.. current.Required().Conflicts];
        var asked = await db.RevealRequests.AsNoTracking().OrderBy(r => r.DecidedAt != null).ThenByDescending(r => r.Id)
            .Join(db.Reports, r => r.ReportId, x => x.Id, (r, x) => new { Request = r, x.Number, x.MatterId })
            .Where(r => !EF.Parameter(conflicts).Contains(r.MatterId)).Take(Most).ToListAsync(cancellationToken);
        var people = asked.Select(r => r.Request.RequestedBy).Distinct().ToList();
        var names = await db.Staff.Where(m => people.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.DisplayName, cancellationToken);
        return
        [
            .. asked.OrderBy(r => r.Request.DecidedAt is not null).ThenByDescending(r => r.Request.RequestedAt).Select(r => new RevealLine(
                r.Request.Id, r.Number, r.Request.Reason, names.GetValueOrDefault(r.Request.RequestedBy, ""), r.Request.Role, r.Request.Department,
                r.Request.RequestedAt, r.Request.StateAt(now))),
        ];
    }
}
