using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>The staff, their groups and who still waits to be admitted; for administrators and members who admit.</summary>
public sealed record ListStaff : IQuery<IReadOnlyList<StaffLine>>, INeedRole
{
    public IReadOnlyList<Role> Roles => Enum.GetValues<Role>();
}

public sealed record StaffLine(Guid Id, string SignInName, string DisplayName, string Department, IReadOnlyList<Role> Roles, bool Active, IReadOnlyList<string> Groups, IReadOnlyList<string> Waiting, string? Account = null);

internal sealed class ListStaffHandler(ReportsDbContext db) : IRequestHandler<ListStaff, IReadOnlyList<StaffLine>>
{
    public async Task<IReadOnlyList<StaffLine>> Handle(ListStaff request, CancellationToken cancellationToken)
    {
        var members = await db.Staff.AsNoTracking().OrderBy(m => m.Department).ThenBy(m => m.SignInName).ToListAsync(cancellationToken);
        var groups = (await db.GroupMembers.AsNoTracking().Select(m => new { m.StaffId, m.GroupId }).Distinct().ToListAsync(cancellationToken)).ToLookup(m => m.StaffId, m => m.GroupId);
        return [.. members.Select(m => new StaffLine(
            m.Id, m.SignInName, m.DisplayName, m.Department, m.Roles, m.Active, [.. groups[m.Id]], [.. GroupMembership.GroupsOf(m).Except(groups[m.Id], StringComparer.Ordinal)], m.Account))];
    }
}
