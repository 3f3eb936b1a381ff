using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>Invitations still open (待加入).</summary>
public sealed record ListInvitations : IQuery<IReadOnlyList<InvitationLine>>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Administrator];
}

public sealed record InvitationLine(string SignInName, string DisplayName, string Department, IReadOnlyList<Role> Roles, DateTimeOffset ExpiresAt);

internal sealed class ListInvitationsHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<ListInvitations, IReadOnlyList<InvitationLine>>
{
    public async Task<IReadOnlyList<InvitationLine>> Handle(ListInvitations request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db.StaffInvitations.AsNoTracking().Where(i => i.ExpiresAt > now).OrderBy(i => i.ExpiresAt)
            .Select(i => new InvitationLine(i.SignInName, i.DisplayName, i.Department, i.Roles, i.ExpiresAt)).ToListAsync(cancellationToken);
    }
}
