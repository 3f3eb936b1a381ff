using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Identity;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>停用: the person's sessions end, their copies of the groups' keys go, and their groups get new keys. The last administrator stays.</summary>
public sealed record DeactivateStaff(Guid Staff) : ICommand<Unit>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Administrator];
}

internal sealed class DeactivateStaffHandler(Deactivation deactivation) : IRequestHandler<DeactivateStaff, Unit>
{
    public async Task<Unit> Handle(DeactivateStaff request, CancellationToken cancellationToken) =>
        await deactivation.RunAsync(request.Staff, lastAdministratorToo: false, cancellationToken) ? Unit.Value : throw new NotFoundException();
}

/// <summary>停用: what ends for somebody who leaves, or who lost the password and is invited again.</summary>
public sealed class Deactivation(ReportsDbContext db, GroupRenewal renewal)
{
    /// <returns>False when nobody active is that person.</returns>
    internal async Task<bool> RunAsync(Guid staff, bool lastAdministratorToo, CancellationToken cancellationToken)
    {
        // Locks the staff, so that of two administrators who deactivate each other one stays.
        await db.Staff.Where(m => m.Active).ExecuteUpdateAsync(m => m.SetProperty(x => x.Active, true), cancellationToken);
        var active = await db.Staff.Where(m => m.Active).ToListAsync(cancellationToken);
        if (active.Find(m => m.Id == staff) is not { } leaving)
            return false;
        if (!lastAdministratorToo && !active.Exists(m => m.Id != leaving.Id && m.Roles.Contains(Role.Administrator)))
            throw new RuleBrokenException("rule.LastAdministrator");
        leaving.Active = false;
        leaving.Account = null;
        await renewal.LeaveAsync(leaving.Id, cancellationToken);
        db.StaffRecoveryCodes.RemoveRange(await db.StaffRecoveryCodes.Where(c => c.StaffId == leaving.Id).ToListAsync(cancellationToken));
        db.StaffPasskeys.RemoveRange(await db.StaffPasskeys.Where(k => k.StaffId == leaving.Id).ToListAsync(cancellationToken));
        db.StaffSessions.RemoveRange(await db.StaffSessions.Where(s => s.StaffId == leaving.Id).ToListAsync(cancellationToken));
        await db.EndRevealsAsync(r => r.RequestedBy == leaving.Id, cancellationToken);
        return true;
    }
}
