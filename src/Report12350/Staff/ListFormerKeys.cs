using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>The person's groups that were given a new key and still have something under a former one (旧钥).</summary>
public sealed record ListFormerKeys : IQuery<IReadOnlyList<FormerKey>>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

/// <param name="Reports">How many report keys lie under it.</param>
public sealed record FormerKey(string Group, int Reports);

internal sealed class ListFormerKeysHandler(ReportsDbContext db, CurrentStaff current) : IRequestHandler<ListFormerKeys, IReadOnlyList<FormerKey>>
{
    public async Task<IReadOnlyList<FormerKey>> Handle(ListFormerKeys request, CancellationToken cancellationToken)
    {
        var me = current.Required().Id;
        var former = await db.GroupMembers.AsNoTracking().Where(m => m.StaffId == me && db.KeyGroups.Any(g => g.Id == m.GroupId && g.Generation > m.Generation))
            .Select(m => new
            {
                m.GroupId,
                Emptied = db.KeyGroups.Any(g => g.Id == m.GroupId && g.Generation == m.Generation && g.Emptied),
                Reports = db.ReportKeys.Count(k => k.GroupId == m.GroupId && k.Generation == m.Generation),
            }).ToListAsync(cancellationToken);
        return [.. former.Where(f => !f.Emptied || f.Reports > 0).GroupBy(f => f.GroupId).Select(f => new FormerKey(f.Key, f.Sum(one => one.Reports)))];
    }
}
