using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Rectification;
using Report12350.Routing;
using Report12350.Scanning;
using Report12350.Staff;
using Report12350.Verification;
using Report12350.Worklist;

namespace Report12350.Tracking;

/// <summary>Opens a report for the person signed in; the opening is audited before anything is shown.</summary>
public sealed record ReadCase(string Number) : IQuery<CaseView>;

internal sealed class ReadCaseHandler(
    ReportsDbContext db, ReportOpener opener, ConflictBlocks conflicts, IdentitySeal identities, EvidenceScans scans, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ReadCase, CaseView>
{
    public async Task<CaseView> Handle(ReadCase request, CancellationToken cancellationToken)
    {
        var report = await db.Reports.AsNoTracking().Include(r => r.Clocks).Include(r => r.Timeline).Include(r => r.VerificationRecords)
            .Include(r => r.RectificationItems).AsSplitQuery().FirstOrDefaultAsync(r => r.Number == request.Number, cancellationToken)
            ?? throw new NotFoundException();
        var opened = await opener.ForStaffAsync(report, cancellationToken);
        var now = time.GetUtcNow();
        var names = await NamesAsync(report, cancellationToken);
        var answers = opened.Content<ReportAnswers>(report);
        var clocks = Clocks(report, now);
        var tasks = CaseTasks.Of(current.Required(), report, clocks, profile.DeadlinesOn(report.FiledOn).Rules, now);
        var colleagues = await ColleaguesAsync(report, tasks, cancellationToken);
        return new CaseView
        {
            Report = report,
            Answers = answers,
            OfficerName = NameOf(names, report.Officer),
            Files = await FilesAsync(report, opened, cancellationToken),
            Timeline = [.. report.Timeline.OrderByDescending(e => e.Step).Select(e => Opened(e, opened, names))],
            Records = [.. report.VerificationRecords.OrderByDescending(r => r.At)
                .Select(r => new CaseRecord(r.Id, r.Round, r.At, NameOf(names, r.RecordedBy), opened.Verification<VerificationRecordContent>(r)))],
            Items = [.. report.RectificationItems.OrderBy(i => i.No)
                .Select(i => new CaseItem(i.Id, i.No, i.DueOn, i.FirstDueOn, i.CompletedOn, opened.Item<ItemContent>(i), opened.Outcome(i)))],
            Clocks = clocks,
            Tasks = [.. tasks.Where(task => task.Action is not ReportAction.LiftBlock || colleagues.Any(c => c.Blocked))],
            Colleagues = colleagues,
            Reveals = await RevealsAsync(report, now, cancellationToken),
            MayMask = Permissions.RoleFor(current.Required(), ReportAction.Mask, report, profile.DeadlinesOn(report.FiledOn).Rules, now) is not null,
            Advice = ReferralAdvice.For(report, answers.Narrative, profile),
            Criteria = profile.Criteria.Suggest(answers.Narrative ?? "", report.Sector),
            SameMatter = await SameMatterAsync(report, cancellationToken),
        };
    }

    private static CaseEvent Opened(TimelineEntry entry, OpenedReport opened, IReadOnlyDictionary<Guid, string> names)
    {
        var feedback = entry.Act == nameof(ReportAction.GiveFeedback) ? opened.Parts<FeedbackParts>(entry) : null;
        var (fact, text) = feedback is null ? TransferParts.Read(opened, entry) : (entry.Fact, null);
        return new CaseEvent(
            entry.Step, entry.Act, entry.Actor, entry.At, NameOf(names, entry.StaffId), entry.Department, entry.ForReporter, fact, text, feedback);
    }

    private static string? NameOf(IReadOnlyDictionary<Guid, string> names, Guid? staff) => staff is { } id ? names.GetValueOrDefault(id) : null;

    private async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(Report report, CancellationToken cancellationToken)
    {
        var ids = report.Timeline.Select(e => e.StaffId).Append(report.Officer).OfType<Guid>().Distinct().ToList();
        return await db.Staff.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.DisplayName, cancellationToken);
    }

    private async Task<IReadOnlyList<CaseColleague>> ColleaguesAsync(Report report, IReadOnlyList<CaseTask> tasks, CancellationToken cancellationToken)
    {
        if (!tasks.Any(task => task.Action is ReportAction.BlockOfficer))
            return [];
        var anybody = tasks.Any(task => task.Action is ReportAction.LiftBlock);
        var department = current.Required().Department;
        return
        [
            .. (await conflicts.PeopleAsync(report.MatterId, cancellationToken)).Where(p => anybody || p.Member.Department == department)
                .Select(p => new CaseColleague(p.Member.Id, p.Member.DisplayName, p.Member.Department, p.Blocked)),
        ];
    }

    private async Task<IReadOnlyList<CaseReveal>> RevealsAsync(Report report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = await db.RevealRequests.AsNoTracking().Where(r => r.ReportId == report.Id).OrderByDescending(r => r.Id)
            .Join(db.Staff, r => r.RequestedBy, m => m.Id, (r, m) => new { Request = r, m.DisplayName }).ToListAsync(cancellationToken);
        var me = current.Required().Id;
        return [.. asked.OrderByDescending(a => a.Request.RequestedAt).Select(a => new CaseReveal(
            a.Request.Id, a.Request.Reason, a.DisplayName, a.Request.RequestedBy == me, a.Request.RequestedAt, a.Request.StateAt(now), a.Request.Until, identities.Answer(a.Request, report)))];
    }

    private async Task<IReadOnlyList<CaseFile>> FilesAsync(Report report, OpenedReport opened, CancellationToken cancellationToken)
    {
        var files = await db.EvidenceFiles.AsNoTracking().Where(f => f.ReportId == report.Id).OrderBy(f => f.At).ToListAsync(cancellationToken);
        await scans.CatchUpAsync(opened, files, cancellationToken);
        return [.. files.Select(f => (File: f, Said: opened.Evidence<EvidenceDescription>(f)))
            .Select(f => new CaseFile(f.File.Id, f.File.Purpose, f.File.ByReporter, f.File.At, f.File.ItemId, f.Said, scans.StateOf(f.Said)))];
    }

    private List<CaseClock> Clocks(Report report, DateTimeOffset now)
    {
        var deadlines = profile.DeadlinesOn(report.FiledOn);
        return [.. report.Clocks.Where(c => c.StoppedAt is null && !(c.IsWindow && c.DueAt <= now)).OrderBy(c => c.DueAt)
            .Select(c => new CaseClock(c.Kind, deadlines.LastDay(c.DueAt), deadlines.DaysLeft(c.DueAt, now)!.Value, c.PausedAt is not null))];
    }

    private async Task<IReadOnlyList<SameMatter>> SameMatterAsync(Report report, CancellationToken cancellationToken) =>
        await db.Reports.AsNoTracking().Where(r => r.MatterId == report.MatterId && r.Id != report.Id).OrderBy(r => r.Number)
            .Select(r => new SameMatter(r.Number, r.State, r.FiledOn, r.MergedInto == report.Id)).ToListAsync(cancellationToken);
}
