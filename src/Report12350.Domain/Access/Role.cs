namespace Report12350.Domain.Access;

/// <summary>What a person on the staff side is entitled to do; one person may hold several.</summary>
public enum Role
{
    /// <summary>受理员: enters reports for callers, letters and visitors.</summary>
    Operator,

    /// <summary>安委办分办员: accepts, declines, transfers, refers, designates, merges.</summary>
    Dispatcher,

    /// <summary>经办人 of a department.</summary>
    Officer,

    /// <summary>部门负责人.</summary>
    DepartmentLead,

    /// <summary>督办员.</summary>
    Supervisor,

    /// <summary>奖励经办人.</summary>
    RewardOfficer,

    /// <summary>奖励审批委员.</summary>
    CommitteeMember,

    /// <summary>发奖人.</summary>
    Cashier,

    /// <summary>保密员: grants or refuses a request to see a reporter's identity.</summary>
    Custodian,

    /// <summary>审计员.</summary>
    Auditor,

    /// <summary>管理员: configuration, never content.</summary>
    Administrator,
}
