using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Identity;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>停用: the person's sessions end and their copies of the groups' keys go. The last administrator stays.</summary>
public sealed record DeactivateStaff(Guid Staff) : ICommand<Unit>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Administrator];
}

internal sealed class DeactivateStaffHandler(ReportsDbContext db) : IRequestHandler<DeactivateStaff, Unit>
{
    public async Task<Unit> Handle(DeactivateStaff request, CancellationToken cancellationToken)
    {
        // Locks the staff, so that of two administrators who deactivate each other one stays.
        await db.Staff.Where(m => m.Active).ExecuteUpdateAsync(m => m.SetProperty(x => x.Active, true), cancellationToken);
        var active = await db.Staff.Where(m => m.Active).ToListAsync(cancellationToken);
        var leaving = active.Find(m => m.Id == request.Staff) ?? throw new NotFoundException();
        if (!active.Exists(m => m.Id != leaving.Id && m.Roles.Contains(Role.Administrator)))
            throw new RuleBrokenException("rule.LastAdministrator");
        leaving.Active = false;
        leaving.Account = null;
        db.GroupMembers.RemoveRange(await db.GroupMembers.Where(m => m.StaffId == leaving.Id).ToListAsync(cancellationToken));
        db.StaffRecoveryCodes.RemoveRange(await db.StaffRecoveryCodes.Where(c => c.StaffId == leaving.Id).ToListAsync(cancellationToken));
        db.StaffPasskeys.RemoveRange(await db.StaffPasskeys.Where(k => k.StaffId == leaving.Id).ToListAsync(cancellationToken));
        db.StaffSessions.RemoveRange(await db.StaffSessions.Where(s => s.StaffId == leaving.Id).ToListAsync(cancellationToken));
        await db.EndRevealsAsync(r => r.RequestedBy == leaving.Id, cancellationToken);
        return Unit.Value;
    }
}
