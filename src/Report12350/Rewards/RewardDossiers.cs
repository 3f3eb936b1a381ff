using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Rewards;

/// <summary>奖励卷: all that reward officers and the committee read of a report, but for its masked copy where there is one. An officer wrote it anew; nothing in it is the reporter's word.</summary>
public sealed record Dossier
{
    public required string Facts { get; init; }

    public required Finding Finding { get; init; }

    public required MatterKind FoundKind { get; init; }

    public required string Town { get; init; }

    public required string Sector { get; init; }

    public string? Department { get; init; }

    public required DateOnly ConcludedOn { get; init; }

    /// <summary>群众, 从业人员 or 信息员: it decides the uplift. Null when the concluding officer could not read it.</summary>
    public ReporterKind? Reporter { get; init; }

    public IReadOnlyList<DossierNote> Notes { get; init; } = [];
}

/// <summary>Why a reward was suspended, resumed or its claim extended (理由).</summary>
public sealed record DossierNote(RewardAction Action, DateTimeOffset At, string By, string Text);

/// <summary>A dossier whose key is open, for a reward officer or a member of the committee.</summary>
public sealed class OpenedDossier
{
    private readonly ContentKey key;
    private readonly Guid claim;

    internal OpenedDossier(RewardClaim claim, ContentKey key)
    {
        this.key = key;
        this.claim = claim.Id;
        Content = key.OpenJson<Dossier>(claim.SealedDossier!, Places.Dossier(claim.Id));
    }

    public Dossier Content { get; }

    internal byte[] Seal(Dossier dossier) => key.SealJson(dossier, Places.Dossier(claim));

    internal byte[]? SealReason(Guid member, string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? null : key.Seal(reason.Trim(), Places.VoteReason(claim, member));

    internal string? Reason(CommitteeVote vote) =>
        vote.SealedReason is null ? null : key.OpenText(vote.SealedReason, Places.VoteReason(claim, vote.MemberId));

    internal string Seal(RewardArithmetic arithmetic) => Convert.ToBase64String(key.SealJson(arithmetic, Places.Arithmetic(claim)));

    /// <summary>Null when a later conclusion brought a new dossier: the amount is to be proposed anew.</summary>
    internal RewardArithmetic? Arithmetic(string? kept)
    {
        try
        {
            return kept is null ? null : key.OpenJson<RewardArithmetic>(Convert.FromBase64String(kept), Places.Arithmetic(claim));
        }
        catch (Exception broken) when (broken is SealBrokenException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>Writes dossiers when a verification is concluded, and opens them for those who decide on rewards.</summary>
public sealed class RewardDossiers(
    ReportsDbContext db, GroupKeys groups, AuditTrail audit, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
{
    private static readonly string[] Readers = [Groups.RewardOfficers, Groups.Committee];

    /// <summary>A later conclusion replaces the dossier only while nothing was put to the vote on it.</summary>
    private static readonly RewardState[] Rewritable =
        [RewardState.Pending, RewardState.Ineligible, RewardState.Eligible, RewardState.Proposed, RewardState.Suspended];

    /// <summary>For the report just concluded and for those merged into it, where a reward is wanted.</summary>
    /// <param name="opened">The concluding officer's: what kind of reporter it is decides the uplift.</param>
    /// <param name="facts">Written anew by the officer.</param>
    public async Task WriteAsync(OpenedReport opened, Report report, string facts, CancellationToken cancellationToken, Func<Report, bool>? only = null)
    {
        var reports = await db.Reports.AsNoTracking().Where(r => r.MatterId == report.MatterId && r.Id != report.Id).ToListAsync(cancellationToken);
        foreach (var each in reports.Append(report).Where(r => only?.Invoke(r) ?? true))
        {
            var claim = await db.RewardClaims.FirstOrDefaultAsync(c => c.ReportId == each.Id, cancellationToken);
            if (claim is null || !Rewritable.Contains(claim.State))
                continue;
            var reporter = await ReporterAsync(each, opened, cancellationToken);
            await WriteAsync(claim, DossierOf(report, facts, reporter), cancellationToken);
        }
    }

    /// <summary>For reports merged into one whose verification is concluded already: the officer's facts are that conclusion's.</summary>
    /// <exception cref="NotPermittedException">Who merges can't open the conclusion.</exception>
    public async Task WriteForMergedAsync(ReportId into, CancellationToken cancellationToken)
    {
        var concluded = await db.Reports.AsNoTracking().Include(r => r.Timeline).SingleAsync(r => r.Id == into, cancellationToken);
        if (concluded.Finding is null)
            return;
        var opened = await groups.OpenAsync(into, KeyPurpose.Content, cancellationToken) is { } key
            ? new OpenedReport(into, key, byReporter: false)
            : throw new NotPermittedException();
        var conclusion = concluded.Timeline.Where(e => e.Act == nameof(ReportAction.Conclude)).MaxBy(e => e.Step)!;
        await WriteAsync(opened, concluded, opened.Text(conclusion)!, cancellationToken, only: r => r.Id != into);
    }

    /// <exception cref="NotPermittedException">Not one of those who decide on rewards.</exception>
    public async Task<OpenedDossier> OpenAsync(RewardClaim claim, CancellationToken cancellationToken)
    {
        if (claim.SealedDossier is null)
            throw new Domain.RuleBrokenException("rule.RewardNotConcluded");
        return await groups.OpenAsync(claim.ReportId, KeyPurpose.Dossier, cancellationToken) is { } key
            ? new OpenedDossier(claim, key)
            : throw new NotPermittedException();
    }

    /// <summary>Opens it to be read, and notes that in the audit first.</summary>
    public async Task<OpenedDossier> ReadAsync(RewardClaim claim, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(claim, cancellationToken);
        await audit.NoteAsync("ReadDossier", claim.ReportId, cancellationToken);
        return opened;
    }

    internal async Task NoteAsync(RewardClaim claim, RewardAction action, string text, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(claim, cancellationToken);
        var note = new DossierNote(action, time.GetUtcNow(), current.DisplayName, text.Trim());
        claim.WriteDossier(opened.Seal(opened.Content with { Notes = [.. opened.Content.Notes, note] }));
    }

    private async Task WriteAsync(RewardClaim claim, Dossier dossier, CancellationToken cancellationToken)
    {
        var key = ContentKey.Generate();
        await db.ReportKeys.Where(k => k.ReportId == claim.ReportId && k.Purpose == KeyPurpose.Dossier).ExecuteDeleteAsync(cancellationToken);
        foreach (var reader in Readers)
            db.ReportKeys.Add(await groups.SealedForAsync(claim.ReportId, key, KeyPurpose.Dossier, reader, cancellationToken));
        claim.WriteDossier(key.SealJson(dossier, Places.Dossier(claim.Id)));
    }

    private async Task<ReporterKind?> ReporterAsync(Report report, OpenedReport concluded, CancellationToken cancellationToken)
    {
        var opened = report.Id == concluded.Id ? concluded
            : await groups.OpenAsync(report.Id, KeyPurpose.Content, cancellationToken) is { } key ? new OpenedReport(report.Id, key, byReporter: false) : null;
        return opened?.Content<Intake.ReportAnswers>(report).Reporter;
    }

    private Dossier DossierOf(Report report, string facts, ReporterKind? reporter) => new()
    {
        Facts = StaffText.Clean(facts),
        Finding = report.Finding ?? throw new InvalidOperationException("A dossier is written at the conclusion."),
        FoundKind = report.FoundKind ?? report.Kind,
        Town = report.Town,
        Sector = report.Sector,
        Department = report.LeadDepartment,
        ConcludedOn = profile.DeadlinesOn(report.FiledOn).LegalDay(report.ConcludedAt ?? time.GetUtcNow()),
        Reporter = reporter,
    };
}
