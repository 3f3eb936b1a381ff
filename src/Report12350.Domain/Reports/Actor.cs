using Report12350.Domain.Access;

namespace Report12350.Domain.Reports;

/// <summary>Who acts: the reporter, a member of staff in one role, or the system's clock.</summary>
public sealed record Actor(ActorKind Kind, Guid? StaffId = null, Role? Role = null, string? Department = null)
{
    public static readonly Actor Reporter = new(ActorKind.Reporter);

    public static readonly Actor System = new(ActorKind.System);

    public static Actor Staff(Guid staffId, Role role, string department) => new(ActorKind.Staff, staffId, role, department);
}

public enum ActorKind
{
    Reporter,
    Staff,
    System,
}
