using Report12350.Domain.Deadlines;
using Report12350.Domain.Rectification;
using Report12350.Domain.Verification;

namespace Report12350.Domain.Reports;

/// <summary>举报件: one report, from its number and receipt to its end. What was said is sealed; the procedure is in clear.</summary>
public sealed partial class Report
{
    private readonly List<Clock> _clocks = [];
    private readonly List<TimelineEntry> _timeline = [];
    private readonly List<VerificationRecord> _verificationRecords = [];
    private readonly List<RectificationItem> _rectificationItems = [];
    private readonly List<ReportEvent> _events = [];

    private Report()
    {
    }

    public ReportId Id { get; private set; }

    /// <summary>举报编号: what people say to each other; eleven digits with a check digit.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Blind index of the receipt.</summary>
    public byte[] LookupId { get; private set; } = [];

    /// <summary>The content key, sealed for the receipt.</summary>
    public byte[] KeyForReceipt { get; private set; } = [];

    /// <summary>Where the report's erase key lies, outside the database.</summary>
    public string EraseKeyId { get; private set; } = "";

    public ReportState State { get; private set; }

    /// <summary>Counts what happened; a client asks for what came after its last step.</summary>
    public int Step { get; private set; }

    /// <summary>Rises with every change; a save on an older one is refused.</summary>
    public int Version { get; private set; }

    public Channel Channel { get; private set; }

    public Anonymity Anonymity { get; private set; }

    public MatterKind Kind { get; private set; }

    public string Sector { get; private set; } = "";

    public string Town { get; private set; } = "";

    public bool OutsideCounty { get; private set; }

    public bool Urgent { get; private set; }

    /// <summary>The county government organises verification (安全生产法第73条第2款).</summary>
    public bool InvolvesDeaths { get; private set; }

    /// <summary>登记时间: fixed at filing, whatever happens later.</summary>
    public DateTimeOffset FiledAt { get; private set; }

    /// <summary>The profile's values of this day apply to the report.</summary>
    public DateOnly FiledOn { get; private set; }

    /// <summary>Reports of one matter share this; one matter, one payment.</summary>
    public Guid MatterId { get; private set; }

    public ReportId? MergedInto { get; private set; }

    public Guid? EnteredBy { get; private set; }

    public Guid? AcceptedBy { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public string? LeadDepartment { get; private set; }

    public IReadOnlyList<string> AssistDepartments { get; private set; } = [];

    public string? RoutingRule { get; private set; }

    /// <summary>经办人 verifying it.</summary>
    public Guid? Officer { get; private set; }

    public Guid? VerifiedBy { get; private set; }

    public IReadOnlyList<Guid> ExcludedOfficers { get; private set; } = [];

    public int VerificationRound { get; private set; } = 1;

    public bool Extended { get; private set; }

    public Finding? Finding { get; private set; }

    /// <summary>Classification by the officer, not the reporter's word for it.</summary>
    public MatterKind? FoundKind { get; private set; }

    public DateTimeOffset? ConcludedAt { get; private set; }

    public DateTimeOffset? FeedbackAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public ReportState? ReturnTo { get; private set; }

    public SupervisionStep? Supervision { get; private set; }

    public DateTimeOffset? ReporterWroteAt { get; private set; }

    /// <summary>Earliest running deadline of the staff side; orders the worklist.</summary>
    public DateTimeOffset? NextDueAt { get; private set; }

    public ClockKind? NextClock { get; private set; }

    /// <summary>Place in the worklist: seconds of <see cref="NextDueAt"/>; last when nothing is due.</summary>
    public long DueOrder { get; private set; } = long.MaxValue;

    /// <summary>Work is still to be done.</summary>
    public bool IsOpen { get; private set; } = true;

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>What the reporter said: narrative, unit, address, answers.</summary>
    public byte[] SealedContent { get; private set; } = [];

    /// <summary>Name and telephone of a named reporter, under the identity key.</summary>
    public byte[]? SealedIdentity { get; private set; }

    public byte[]? IdentityKeyForReceipt { get; private set; }

    public IReadOnlyList<Clock> Clocks => _clocks;

    public IReadOnlyList<TimelineEntry> Timeline => _timeline;

    public IReadOnlyList<VerificationRecord> VerificationRecords => _verificationRecords;

    public IReadOnlyList<RectificationItem> RectificationItems => _rectificationItems;

    public IReadOnlyList<ReportEvent> Events => _events;

    public bool IsSubstantiated => Finding is Reports.Finding.Substantiated or Reports.Finding.PartlySubstantiated;

    public IReadOnlyList<ReportAction> AllowedActions => ReportWorkflow.Allowed(this);

    public Clock? ClockOf(ClockKind kind) => _clocks.LastOrDefault(c => c.Kind == kind && c.StoppedAt is null);

    public void EventsSaved() => _events.Clear();

    private void Do(ReportAction action, Actor by, DateTimeOffset now, bool forReporter = true, string? fact = null, Sealed? text = null)
    {
        var departments = Concerned();
        ReportWorkflow.Fire(this, action, by, state => State = state);
        IsOpen = ReportWorkflow.Open.Contains(State);
        NoteClosing(now);
        Record(action.ToString(), by, now, forReporter, fact, text);
        _events.Add(new ReportProgressed(Id.Value, Step, action, forReporter, departments));
    }

    private void Record(string act, Actor by, DateTimeOffset now, bool forReporter, string? fact, Sealed? text)
    {
        Step++;
        Version++;
        ChangedAt = now;
        _timeline.Add(new TimelineEntry(text?.Row ?? Guid.CreateVersion7(now), Step, act, now, by, forReporter, fact, text?.Envelope));
    }

    private void StartClock(ClockKind kind, DateTimeOffset now, DateTimeOffset dueAt)
    {
        StopClock(kind, now);
        _clocks.Add(new Clock(kind, now, dueAt));
        NoteNextClock();
    }

    private void StopClock(ClockKind kind, DateTimeOffset now)
    {
        ClockOf(kind)?.Stop(now);
        NoteNextClock();
    }

    private void StopWork(DateTimeOffset now)
    {
        foreach (var clock in _clocks)
            clock.Stop(now);
        NoteNextClock();
    }

    private void NoteNextClock()
    {
        var next = _clocks.Where(c => c.Runs && !c.IsWindow).MinBy(c => c.DueAt);
        NextDueAt = next?.DueAt;
        NextClock = next?.Kind;
        DueOrder = next?.DueAt.ToUnixTimeSeconds() ?? long.MaxValue;
    }

    private List<string> Concerned() => [.. AssistDepartments.Concat(LeadDepartment is null ? [] : [LeadDepartment])];
}
