using Report12350.Domain.Access;
using Report12350.Domain.Reports;

namespace Report12350.Domain.Identity;

/// <summary>Why somebody must know who the reporter is (查看身份的理由).</summary>
public enum RevealReason
{
    /// <summary>保护举报人: they are threatened, or retaliated against.</summary>
    ProtectReporter,

    /// <summary>请举报人作证: it can be settled in no other way.</summary>
    Testimony,

    /// <summary>依法调取, by a court, a procurator or the police.</summary>
    LegalDuty,
}

/// <summary>Where a request stands (查看身份申请状态).</summary>
public enum RevealState
{
    /// <summary>待保密员决定.</summary>
    Waiting,

    /// <summary>已准许: may be looked at until its time is over.</summary>
    Granted,

    /// <summary>未准许.</summary>
    Refused,

    /// <summary>已到期.</summary>
    Ended,
}

/// <summary>查看身份申请: one person asks, an identity custodian decides, and for a short time that person alone may look.</summary>
public sealed class RevealRequest
{
    private RevealRequest()
    {
    }

    public RevealRequest(Sealed why, ReportId report, Guid by, Role role, string department, RevealReason reason, DateTimeOffset now)
    {
        Id = why.Row;
        SealedWhy = why.Envelope;
        (ReportId, RequestedBy, Role, Department, Reason, RequestedAt) = (report, by, role, department, reason, now);
    }

    public Guid Id { get; private set; }

    public ReportId ReportId { get; private set; }

    public int Version { get; private set; }

    public Guid RequestedBy { get; private set; }

    public Role Role { get; private set; }

    public string Department { get; private set; } = "";

    public RevealReason Reason { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>In the person's own words, for the custodians.</summary>
    public byte[] SealedWhy { get; private set; } = [];

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>End of the time box; null when it was not granted.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>Why not, for the person who asked.</summary>
    public byte[]? SealedAnswer { get; private set; }

    /// <summary>The identity key, sealed for the person who asked and nobody else; gone when the time is over.</summary>
    public byte[]? SealedKey { get; private set; }

    public RevealState StateAt(DateTimeOffset now) => this switch
    {
        { DecidedAt: null } => RevealState.Waiting,
        { Until: null } => RevealState.Refused,
        { SealedKey: not null } when now < Until => RevealState.Granted,
        _ => RevealState.Ended,
    };

    public void Grant(Guid by, byte[] key, DateTimeOffset until, DateTimeOffset now)
    {
        Decide(by, now);
        (SealedKey, Until) = (key, until);
    }

    public void Refuse(Guid by, byte[] answer, DateTimeOffset now)
    {
        Decide(by, now);
        SealedAnswer = answer;
    }

    /// <summary>换钥: the custodians' key is another, the reason is the same.</summary>
    public void WhySealedAnew(byte[] why) => SealedWhy = why;

    private void Decide(Guid by, DateTimeOffset now)
    {
        if (DecidedAt is not null)
            throw new RuleBrokenException("rule.RevealDecided");
        if (by == RequestedBy)
            throw new RuleBrokenException("rule.OwnReveal");
        (DecidedBy, DecidedAt) = (by, now);
        Version++;
    }
}
