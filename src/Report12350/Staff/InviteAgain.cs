using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>重新邀请 somebody who lost the password, or comes back: the same person gets a new password and a new key. What they had ends now; groups admit them anew. The answer is the code to hand over, shown once.</summary>
public sealed record InviteAgain(Guid Staff) : ICommand<string>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Administrator];
}

internal sealed class InviteAgainHandler(ReportsDbContext db, Reinvitation reinvitation) : IRequestHandler<InviteAgain, string>
{
    public async Task<string> Handle(InviteAgain request, CancellationToken cancellationToken)
    {
        var name = await db.Staff.Where(m => m.Id == request.Staff).Select(m => m.SignInName).FirstOrDefaultAsync(cancellationToken) ?? throw new NotFoundException();
        return await reinvitation.InviteAsync(name, lastAdministratorToo: false, cancellationToken);
    }
}

/// <summary>重新邀请, on the page, or at the machine when the last administrator lost the password.</summary>
public sealed class Reinvitation(ReportsDbContext db, Deactivation deactivation, TimeProvider time)
{
    /// <summary>At the machine, for anybody.</summary>
    /// <exception cref="NotFoundException">Nobody is called so.</exception>
    public async Task<string> InviteAtMachineAsync(string name, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var code = await InviteAsync(name, lastAdministratorToo: true, cancellationToken);
        db.Audit.Add(new AuditEntry { At = time.GetUtcNow(), Act = nameof(InviteAgain) });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return code;
    }

    internal async Task<string> InviteAsync(string name, bool lastAdministratorToo, CancellationToken cancellationToken)
    {
        var person = await db.Staff.FirstOrDefaultAsync(m => m.SignInName == name, cancellationToken) ?? throw new NotFoundException();
        await deactivation.RunAsync(person.Id, lastAdministratorToo, cancellationToken);
        db.StaffInvitations.RemoveRange(await db.StaffInvitations.Where(i => i.SignInName == name).ToListAsync(cancellationToken));
        var code = InvitationCode.New();
        db.StaffInvitations.Add(InviteStaffHandler.Invitation(
            person.SignInName, person.DisplayName, person.Department, person.Roles, code, time.GetUtcNow(), person.Id));
        return code;
    }
}
