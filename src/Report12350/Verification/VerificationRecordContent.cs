namespace Report12350.Verification;

/// <summary>核查笔录的内容, as the law asks for it in writing; sealed whole.</summary>
public sealed record VerificationRecordContent
{
    /// <summary>Officers present, by name and post (核查人员).</summary>
    public string? Officers { get; init; }

    public DateOnly? VisitedOn { get; init; }

    public string? Place { get; init; }

    /// <summary>Who stood for the unit (被核查单位在场人员); an officer's words, not the reporter's.</summary>
    public string? UnitPresent { get; init; }

    public string? Findings { get; init; }

    public string? LawBasis { get; init; }

    /// <summary>Measures ordered on the spot: stop, evacuate, seal off (现场处理措施).</summary>
    public string? MeasuresAtOnce { get; init; }

    /// <summary>主要负责人和实际控制人已告知 (安全生产法第65条).</summary>
    public bool PrincipalNotified { get; init; }

    public string? Attachments { get; init; }

    /// <summary>Criteria the officer holds to be met (判定条款); software only suggested them.</summary>
    public IReadOnlyList<string> Criteria { get; init; } = [];
}
