using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Scanning;
using Report12350.Verification;

namespace Report12350.Tracking;

/// <summary>查进度: everything the holder of the receipt may see of the report.</summary>
public sealed record ReadTracking(OpenedReport Opened) : IQuery<TrackedReport>, IActOfReporter;

internal sealed class ReadTrackingHandler(ReportsDbContext db, EvidenceScans scans, JurisdictionProfile profile, TimeProvider time) : IRequestHandler<ReadTracking, TrackedReport>
{
    /// <summary>Acts whose sealed text is meant for the reporter; the rest is the officers' own.</summary>
    private static readonly HashSet<string> Told =
        [.. new[] { ReportAction.Decline, ReportAction.Transfer, ReportAction.Extend, ReportAction.PauseClock, ReportAction.Conclude, ReportAction.Object, ReportAction.Uphold, ReportAction.Overturn }.Select(a => a.ToString())];

    public async Task<TrackedReport> Handle(ReadTracking request, CancellationToken cancellationToken)
    {
        var report = await FindAsync(request.Opened.Id, cancellationToken);
        var deadlines = profile.DeadlinesOn(report.FiledOn);
        var entries = report.Timeline.OrderBy(e => e.Step).ToList();
        var now = time.GetUtcNow();
        return new TrackedReport
        {
            Number = report.Number,
            Step = entries.Max(e => e.Step),
            FiledOn = report.FiledOn,
            Said = request.Opened.Content<ReportAnswers>(report),
            Standing = StandingOf(report) with { TransferredTo = TransferredTo(entries, request.Opened) },
            Leading = await LeadingAsync(report, cancellationToken),
            Withdrawn = report.WithdrawnAt is not null,
            Entries = [.. entries.Where(e => !IsMessage(e)).Reverse().Select(e => Shown(e, request.Opened, deadlines))],
            Messages = [.. entries.Where(IsMessage).Select(e => Message(e, request.Opened, deadlines))],
            Feedback = FeedbackOf(report, entries, request.Opened, deadlines),
            Files = await FilesAsync(request.Opened, deadlines, cancellationToken),
            Openings = await OpeningsAsync(report.Id, ["OpenReport", nameof(Evidence.ReadEvidence), nameof(Evidence.DownloadEvidence), nameof(Evidence.ReadOriginal), "ReadMaskedCopy"], deadlines, cancellationToken),
            Reveals = await RevealsAsync(report.Id, deadlines, now, cancellationToken),
            Looks = await OpeningsAsync(report.Id, [nameof(Identity.LookAtIdentity)], deadlines, cancellationToken),
            Open = [.. ReportWorkflow.Allowed(report, Actor.Reporter).Where(a => IsOpen(a, report, now))],
        };
    }

    private async Task<Report> FindAsync(ReportId id, CancellationToken cancellationToken) =>
        await db.Reports.AsNoTracking().Include(r => r.Clocks).Include(r => r.RectificationItems)
            .Include(r => r.Timeline.Where(e => e.ForReporter)).AsSplitQuery()
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new NotFoundException();

    private async Task<Standing?> LeadingAsync(Report report, CancellationToken cancellationToken)
    {
        var leading = report;
        while (leading.MergedInto is { } into)
            leading = await FindAsync(into, cancellationToken);
        return leading == report ? null : StandingOf(leading);
    }

    private Standing StandingOf(Report report)
    {
        var deadlines = profile.DeadlinesOn(report.FiledOn);
        return new Standing(
            report.State,
            report.Clocks.Where(c => c.StoppedAt is null).GroupBy(c => c.Kind).ToDictionary(c => c.Key, c => deadlines.LastDay(c.Last().DueAt)),
            report.LeadDepartment,
            report.Extended,
            report.ClockOf(ClockKind.Verify)?.PausedAt is not null,
            report.Finding,
            report.FeedbackAt is not null,
            Enum.TryParse<DeclineReason>(LastFact(report, ReportAction.Decline), out var reason) ? reason : null,
            TransferredTo: null,
            report.RectificationItems.Count,
            report.RectificationItems.Count(i => i.CompletedOn is not null));
    }

    private static string? TransferredTo(List<TimelineEntry> entries, OpenedReport opened) =>
        entries.FindLast(e => e.Act == nameof(ReportAction.Transfer)) is { } transfer ? TransferParts.Read(opened, transfer).Fact : null;

    private static string? LastFact(Report report, ReportAction action) =>
        report.Timeline.Where(e => e.Act == action.ToString()).MaxBy(e => e.Step)?.Fact;

    private static bool IsMessage(TimelineEntry entry) =>
        entry.Act is nameof(ReportAction.WriteToOfficers) or nameof(ReportAction.ReplyToReporter);

    private static bool IsOpen(ReportAction action, Report report, DateTimeOffset now) => action is
        ReportAction.WriteToOfficers or ReportAction.Withdraw or ReportAction.AddEvidence
        || (action is ReportAction.Object && report.ClockOf(ClockKind.Objection) is { } window && now < window.DueAt);

    private static TrackedEntry Shown(TimelineEntry entry, OpenedReport opened, DeadlinePolicy deadlines)
    {
        var (fact, text) = Told.Contains(entry.Act) ? TransferParts.Read(opened, entry) : (entry.Fact, null);
        return new TrackedEntry(
            entry.Step, deadlines.LegalDay(entry.At), entry.Act, fact, text, entry.Actor is ActorKind.Reporter, entry.Role, entry.Department);
    }

    private static TrackedMessage Message(TimelineEntry entry, OpenedReport opened, DeadlinePolicy deadlines) => new(
        entry.Step, deadlines.LegalDay(entry.At), entry.Actor is ActorKind.Reporter, opened.Text(entry) ?? "", entry.Role, entry.Department);

    private static IReadOnlyList<TrackedFeedback> FeedbackOf(Report report, List<TimelineEntry> entries, OpenedReport opened, DeadlinePolicy deadlines)
    {
        var given = entries.Where(e => e.Act == nameof(ReportAction.GiveFeedback)).Reverse().ToList();
        return [.. given.Select((e, i) => new TrackedFeedback(
            deadlines.LegalDay(e.At), opened.Parts<FeedbackParts>(e)!, Stands: i == 0 && report.FeedbackAt is not null))];
    }

    private async Task<IReadOnlyList<TrackedFile>> FilesAsync(OpenedReport opened, DeadlinePolicy deadlines, CancellationToken cancellationToken)
    {
        var files = await db.EvidenceFiles.AsNoTracking().Where(f => f.ReportId == opened.Id && f.ByReporter).OrderBy(f => f.At).ToListAsync(cancellationToken);
        await scans.CatchUpAsync(opened, files, cancellationToken);
        return [.. files.Select(f => (Said: opened.Evidence<EvidenceDescription>(f), File: f))
            .Select(f => new TrackedFile(f.File.Id, f.Said, deadlines.LegalDay(f.File.At), scans.StateOf(f.Said)))];
    }

    private async Task<IReadOnlyList<Opening>> OpeningsAsync(ReportId id, List<string> acts, DeadlinePolicy deadlines, CancellationToken cancellationToken)
    {
        var opened = await db.Audit.AsNoTracking().Where(a => a.ReportId == id && acts.Contains(a.Act) && !a.Refused).OrderByDescending(a => a.Id)
            .Select(a => new { a.At, a.Role, a.Department }).ToListAsync(cancellationToken);
        return [.. opened.Select(a => new Opening(deadlines.LegalDay(a.At), a.Role, a.Department)).Distinct()];
    }

    private async Task<IReadOnlyList<Reveal>> RevealsAsync(ReportId id, DeadlinePolicy deadlines, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = await db.RevealRequests.AsNoTracking().Where(r => r.ReportId == id).ToListAsync(cancellationToken);
        return [.. asked.OrderByDescending(r => r.RequestedAt).Select(r => new Reveal(
            deadlines.LegalDay(r.RequestedAt), r.Role, r.Department, r.Reason, r.StateAt(now), r.DecidedAt is { } at ? deadlines.LegalDay(at) : null))];
    }
}
