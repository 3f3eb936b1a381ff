namespace Report12350.Domain.Reports;

/// <summary>举报事项的性质 as the reporter states it.</summary>
public enum MatterKind
{
    /// <summary>一般隐患.</summary>
    GeneralHazard,

    /// <summary>重大事故隐患.</summary>
    MajorHazard,

    /// <summary>违法行为.</summary>
    Violation,

    /// <summary>瞒报谎报事故.</summary>
    ConcealedAccident,
}

/// <summary>Way a report came in (受理渠道).</summary>
public enum Channel
{
    Web,
    Chat,
    Phone,
    Letter,
    Visit,
}

/// <summary>匿名 or 实名.</summary>
public enum Anonymity
{
    Anonymous,
    Named,
}

/// <summary>What the reporter is to the reported unit.</summary>
public enum ReporterKind
{
    /// <summary>群众.</summary>
    Citizen,

    /// <summary>从业人员.</summary>
    Employee,

    /// <summary>信息员.</summary>
    Informant,
}

/// <summary>核查结论.</summary>
public enum Finding
{
    /// <summary>属实.</summary>
    Substantiated,

    /// <summary>部分属实.</summary>
    PartlySubstantiated,

    /// <summary>不属实.</summary>
    Unsubstantiated,

    /// <summary>无法查清.</summary>
    Inconclusive,
}

/// <summary>不予受理 reasons: the closed list of 应急〔2023〕106号.</summary>
public enum DeclineReason
{
    /// <summary>已受理, the same matter is being handled.</summary>
    AlreadyAccepted,

    /// <summary>无明确对象或事实.</summary>
    NoTargetOrFacts,

    /// <summary>属信访事项.</summary>
    BelongsToPetition,

    /// <summary>属政府信息公开.</summary>
    BelongsToDisclosure,

    /// <summary>属行政复议.</summary>
    BelongsToReconsideration,

    /// <summary>属诉讼.</summary>
    BelongsToLitigation,
}

/// <summary>督办 ladder of the county plan, item 5.</summary>
public enum SupervisionStep
{
    /// <summary>挂牌督办.</summary>
    Listed,

    /// <summary>函告.</summary>
    Letter,

    /// <summary>通报.</summary>
    Circular,

    /// <summary>约谈.</summary>
    Interview,

    /// <summary>曝光.</summary>
    Exposure,
}
