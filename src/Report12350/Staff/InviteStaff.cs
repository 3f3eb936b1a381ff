using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Staff;

/// <summary>Invites a person to the staff; the answer is the code to hand over, shown once. An earlier invitation of that name ends.</summary>
public sealed record InviteStaff(string SignInName, string DisplayName, string Department, IReadOnlyList<Role> Roles) : ICommand<string>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Administrator];
}

public sealed class InviteStaffValidator : AbstractValidator<InviteStaff>
{
    public InviteStaffValidator(JurisdictionProfile profile)
    {
        RuleFor(c => c.SignInName).Matches("^[a-zA-Z][a-zA-Z0-9._-]{1,39}$").WithMessage("staff.error.signInName");
        RuleFor(c => c.DisplayName).NotEmpty().MaximumLength(40).WithMessage("staff.error.displayName");
        RuleFor(c => c.Department).Must(id => profile.FindDepartment(id) is not null).WithMessage("staff.error.department");
        RuleFor(c => c.Roles).NotEmpty().WithMessage("staff.error.roles");
    }
}

internal sealed class InviteStaffHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<InviteStaff, string>
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public async Task<string> Handle(InviteStaff request, CancellationToken cancellationToken)
    {
        var name = request.SignInName.ToLowerInvariant();
        if (await db.Staff.AnyAsync(m => m.SignInName == name, cancellationToken))
            throw new RuleBrokenException("rule.SignInNameTaken", name);
        db.StaffInvitations.RemoveRange(await db.StaffInvitations.Where(i => i.SignInName == name).ToListAsync(cancellationToken));
        var code = InvitationCode.New();
        db.StaffInvitations.Add(Invitation(name, request.DisplayName, request.Department, request.Roles, code, time.GetUtcNow()));
        return code;
    }

    internal static StaffInvitation Invitation(
        string name, string displayName, string department, IReadOnlyList<Role> roles, string code, DateTimeOffset now, Guid? again = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        StaffId = again,
        SignInName = name,
        DisplayName = displayName.Trim(),
        Department = department,
        Roles = [.. roles.Distinct()],
        CodeHash = InvitationCode.Hash(code),
        ExpiresAt = now + Life,
    };
}
