using System.Text.Json.Serialization;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Scanning;

namespace Report12350.Intake;

/// <summary>What the form asks. Sealed whole under the report's content key; name and telephone apart, under the identity key.</summary>
public sealed class ReportAnswers
{
    /// <summary>举报须知已阅.</summary>
    public bool NoticeRead { get; set; }

    public MatterKind? Kind { get; set; }

    public string? Sector { get; set; }

    public string? Town { get; set; }

    /// <summary>Place in the town, in the reporter's words.</summary>
    public string? Place { get; set; }

    /// <summary>Unit's name, or a description of it.</summary>
    public string? Unit { get; set; }

    /// <summary>统一社会信用代码, if known.</summary>
    public string? UnitCreditCode { get; set; }

    /// <summary>Says to have reported it here before.</summary>
    public bool? FiledBefore { get; set; }

    /// <summary>What happened, at most 2,000 characters.</summary>
    public string? Narrative { get; set; }

    /// <summary>When, in the reporter's words.</summary>
    public string? When { get; set; }

    public bool? StillGoingOn { get; set; }

    public bool? Urgent { get; set; }

    /// <summary>Concealed accidents: how many died, as far as the reporter knows.</summary>
    public int? Deaths { get; set; }

    public string? DeathsWhen { get; set; }

    /// <summary>Answers to the sector's own questions, by question id.</summary>
    public Dictionary<string, string> SectorAnswers { get; set; } = [];

    /// <summary>Criteria the reporter recognised among the candidates.</summary>
    public List<string> Criteria { get; set; } = [];

    public string? Witnesses { get; set; }

    public string? JointSigners { get; set; }

    /// <summary>请求回避: who should not handle the report, in the reporter's words. Staff named here never see it.</summary>
    public string? KeepFrom { get; set; }

    public string? ReportedElsewhere { get; set; }

    public ReporterKind? Reporter { get; set; }

    public Anonymity? Anonymity { get; set; }

    public bool? RewardWanted { get; set; }

    /// <summary>Declares to be neither duty-holder, nor related to or instigated by one.</summary>
    public bool NotExcluded { get; set; }

    /// <summary>真实性承诺.</summary>
    public bool TruthPledged { get; set; }

    /// <summary>SHA-256 of each file sent with the report, in their own order; set at filing, so that the filing proof covers them.</summary>
    public List<string> FileHashes { get; set; } = [];
}

/// <summary>Who the reporter is, when named.</summary>
public sealed class ReporterIdentity
{
    public string? Name { get; set; }

    public string? Phone { get; set; }
}

/// <summary>One file sent: its name, what it is and the hash of what was sent.</summary>
public sealed record EvidenceDescription(string Name, string MediaType, long Length, string Sha256)
{
    /// <summary>Null until it was scanned.</summary>
    public ScanVerdict? Scan { get; init; }

    /// <summary>What officers see in its place; it is made once the file was scanned.</summary>
    public WorkingCopy? Copy { get; init; }

    /// <summary>Why there is none.</summary>
    public NotCleaned? Uncleaned { get; init; }

    /// <summary>At the sender's wish officers may have the file as it was sent, with all it gives away: as proof, or because it could not be cleaned.</summary>
    public bool ShownAsSent { get; init; }

    /// <summary>What the working copy is, under the file's name.</summary>
    public EvidenceDescription AsCopy(WorkingCopy copy) => this with { MediaType = copy.MediaType, Length = copy.Length, Sha256 = copy.Sha256 };

    /// <summary>It could not be cleaned, and nobody sees it before its sender says so.</summary>
    [JsonIgnore]
    public bool IsHeld => Uncleaned is not null && !ShownAsSent;

    /// <summary>What officers are shown of it: its working copy, or itself where there can be none.</summary>
    [JsonIgnore]
    public string ShownType => Copy?.MediaType ?? MediaType;
}

/// <summary>The file without what it gave away (工作副本), sealed beside it under a key of its own.</summary>
/// <param name="Sha256">Of the copy; the file's own stays in its description.</param>
public sealed record WorkingCopy(Guid Id, string MediaType, long Length, string Sha256, IReadOnlyList<Trace> Removed);

/// <summary>The draft's sealed content.</summary>
public sealed class DraftContent
{
    public ReportAnswers Answers { get; set; } = new();

    public ReporterIdentity Identity { get; set; } = new();

    public Channel Channel { get; set; } = Channel.Web;

    /// <summary>Becomes the report's content key, so files need no sealing again.</summary>
    public byte[] ContentKey { get; set; } = [];

    /// <summary>Key of the reward's row; salts the claim code.</summary>
    public Guid ClaimId { get; set; }

    public byte[]? ClaimCodeHash { get; set; }

    public Dictionary<Guid, EvidenceDescription> Files { get; set; } = [];

    /// <summary>Pages answered, so that a later page can't be reached before its turn.</summary>
    public HashSet<string> Done { get; set; } = [];
}
