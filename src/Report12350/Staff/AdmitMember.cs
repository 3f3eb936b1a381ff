using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>Admits a person to a key group: done by a member, or with the recovery key for a group that has none yet.</summary>
/// <param name="RecoveryKey">As printed at installation; empty when the admitting person is a member.</param>
public sealed record AdmitMember(Guid Staff, string Group, string? RecoveryKey) : ICommand<Unit>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();

    public override string ToString() => nameof(AdmitMember);
}

internal sealed class AdmitMemberHandler(ReportsDbContext db, GroupKeys groups) : IRequestHandler<AdmitMember, Unit>
{
    public async Task<Unit> Handle(AdmitMember request, CancellationToken cancellationToken)
    {
        // Locks the person, so that nobody is admitted to a key that is being renewed, or while they are being deactivated.
        await db.Staff.Where(m => m.Id == request.Staff && m.Active).ExecuteUpdateAsync(m => m.SetProperty(x => x.Active, true), cancellationToken);
        var newcomer = await db.Staff.FirstOrDefaultAsync(m => m.Id == request.Staff && m.Active, cancellationToken) ?? throw new NotFoundException();
        if (!GroupMembership.GroupsOf(newcomer).Contains(request.Group))
            throw new RuleBrokenException("rule.GroupNotForRole");
        if (await db.GroupMembers.AnyAsync(m => m.GroupId == request.Group && m.StaffId == newcomer.Id, cancellationToken))
            throw new RuleBrokenException("rule.MemberAlready");
        var keys = await db.KeyGroups.AsNoTracking()
            .Where(g => g.Id == request.Group && (!g.Emptied || db.ReportKeys.Any(k => k.GroupId == g.Id && k.Generation == g.Generation)))
            .OrderByDescending(g => g.Generation).ToListAsync(cancellationToken);
        var opened = (await OpenedAsync(request, keys, cancellationToken)).Where(key => keys.Exists(k => k.Generation == key.Generation));
        db.GroupMembers.AddRange(opened.Select(key => GroupKeys.Admit(request.Group, key, newcomer)));
        return Unit.Value;
    }

    /// <summary>Former keys too, while something lies under them.</summary>
    private async Task<IReadOnlyList<OpenedGroup>> OpenedAsync(AdmitMember request, IReadOnlyList<KeyGroup> keys, CancellationToken cancellationToken)
    {
        if (await groups.OpenGroupAsync(request.Group, cancellationToken) is { Count: > 0 } own)
            return own;
        if (string.IsNullOrWhiteSpace(request.RecoveryKey))
            throw new RuleBrokenException("rule.AdmitNeedsMember");
        if (!RecoveryCode.TryDecode(request.RecoveryKey, out var recovery) || GroupKeys.OpenWithRecovery(keys[0], recovery) is null)
            throw new RuleBrokenException("rule.RecoveryKeyWrong");
        return [.. keys.Select(key => GroupKeys.OpenWithRecovery(key, recovery)).OfType<OpenedGroup>()];
    }
}

/// <summary>Which key groups a person's roles entitle them to.</summary>
public static class GroupMembership
{
    public static IReadOnlyList<string> GroupsOf(StaffMember member) => [.. member.Roles.Select(role => GroupOf(role, member.Department)).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? GroupOf(Role role, string department) => role switch
    {
        Role.Dispatcher => Groups.Dispatchers,
        Role.Officer or Role.DepartmentLead => Groups.OfDepartment(department),
        Role.Supervisor => Groups.Supervisors,
        Role.RewardOfficer => Groups.RewardOfficers,
        Role.CommitteeMember => Groups.Committee,
        Role.Cashier => Groups.Cashiers,
        Role.Custodian => Groups.Custodians,
        _ => null,
    };
}
