using Report12350.Domain;

namespace Report12350.Profiles;

/// <summary>Whether an anonymous reporter can be paid (匿名领奖): not at all, or against the claim code.</summary>
public enum AnonymousPayout
{
    Off,
    Code,
}

/// <summary>How the reward committee (奖励审批委员会) decides.</summary>
/// <param name="MajorityOfVotes">Share of the votes cast that must be exceeded.</param>
public sealed record CommitteeRules(int Members, int Quorum = 3, decimal MajorityOfVotes = 0.5m);

/// <summary>How long things are kept (保存期限), reports by their outcome.</summary>
public sealed record RetentionRules
{
    public int SubstantiatedYears { get; init; } = 10;

    public int UnsubstantiatedYears { get; init; } = 3;

    public int DeclinedYears { get; init; } = 3;

    public int StaffLogMonths { get; init; } = 6;

    public int SharingRecordYears { get; init; } = 3;

    /// <summary>Longest time for which a custodian lets somebody look at an identity.</summary>
    public int RevealHours { get; init; } = 24;
}

/// <summary>What evidence may be sent (举证材料): how large, how many, which types.</summary>
public sealed record UploadLimits(
    long MaxFileBytes,
    long MaxPhotoBytes,
    long MaxVideoBytes,
    int MaxFiles,
    long MaxReportBytes,
    IReadOnlyList<string> AllowedTypes)
{
    /// <summary>The most that any one file may have.</summary>
    public long MaxAnyBytes => Math.Max(MaxFileBytes, Math.Max(MaxPhotoBytes, MaxVideoBytes));

    public bool Allows(string type) => AllowedTypes.Contains(type, StringComparer.OrdinalIgnoreCase);

    public long LimitFor(string type) => type.Split('/')[0] switch
    {
        "image" => MaxPhotoBytes,
        "video" => MaxVideoBytes,
        _ => MaxFileBytes,
    };

    /// <exception cref="RuleBrokenException">All files of a report together would be too much.</exception>
    public void RequireRoom(long together)
    {
        if (together > MaxReportBytes)
            throw new RuleBrokenException("rule.TooMuchEvidence", MaxReportBytes / (1024 * 1024));
    }
}

/// <summary>A text in both languages.</summary>
public sealed record LocalText(string Zh, string En, string Source = "")
{
    public string In(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;
}

/// <summary>The county's legal wordings (法律文书用语): pledge, notice, liability, legal bases.</summary>
public sealed class LegalTexts(IReadOnlyDictionary<string, LocalText> texts)
{
    public LocalText this[string key] =>
        texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"No legal text '{key}' in the profile.");

    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>Texts whose key begins with the prefix, in the order of the file, such as the items of the notice.</summary>
    public IReadOnlyList<LocalText> StartingWith(string prefix) =>
        [.. texts.Where(text => text.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(text => text.Value)];
}
