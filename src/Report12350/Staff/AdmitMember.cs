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
        var newcomer = await db.Staff.FirstOrDefaultAsync(m => m.Id == request.Staff && m.Active, cancellationToken) ?? throw new NotFoundException();
        if (!GroupMembership.GroupsOf(newcomer).Contains(request.Group))
            throw new RuleBrokenException("rule.GroupNotForRole");
        if (await db.GroupMembers.AnyAsync(m => m.GroupId == request.Group && m.StaffId == newcomer.Id, cancellationToken))
            throw new RuleBrokenException("rule.MemberAlready");
        db.GroupMembers.Add(groups.Admit(request.Group, await OpenedAsync(request, cancellationToken), newcomer));
        return Unit.Value;
    }

    private async Task<KeyPair> OpenedAsync(AdmitMember request, CancellationToken cancellationToken)
    {
        if (await groups.OpenGroupAsync(request.Group, cancellationToken) is { } own)
            return own;
        if (string.IsNullOrWhiteSpace(request.RecoveryKey))
            throw new RuleBrokenException("rule.AdmitNeedsMember");
        if (!RecoveryCode.TryDecode(request.RecoveryKey, out var recovery))
            throw new RuleBrokenException("rule.RecoveryKeyWrong");
        var group = await db.KeyGroups.AsNoTracking().FirstOrDefaultAsync(g => g.Id == request.Group, cancellationToken) ?? throw new NotFoundException();
        try
        {
            return GroupKeys.OpenWithRecovery(group, recovery);
        }
        catch (NotPermittedException)
        {
            throw new RuleBrokenException("rule.RecoveryKeyWrong");
        }
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
