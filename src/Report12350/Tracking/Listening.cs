using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Tracking;

/// <summary>What an open page was let in on to hear of changes (监听).</summary>
public abstract record Listening;

/// <summary>A member of staff: of the work that is theirs, and of the case before them.</summary>
/// <param name="Person">As they were let in.</param>
public sealed record StaffListening(Guid Session, Person Person, ReportId? Case) : Listening;

/// <summary>A reporter, while the receipt's pass lasts.</summary>
public sealed record ReporterListening(ReportId Report, DateTimeOffset Until) : Listening;

/// <summary>Which of those who listen were let in on what no longer holds: the session has ended or may something else now, the case is no longer theirs, the pass ran out, the report was erased.</summary>
public sealed record ListeningOver(IReadOnlyCollection<Listening> Open) : IQuery<IReadOnlyList<Listening>>;

internal sealed class ListeningOverHandler(ReportsDbContext db, LiveSessions sessions, TimeProvider time) : IRequestHandler<ListeningOver, IReadOnlyList<Listening>>
{
    public async Task<IReadOnlyList<Listening>> Handle(ListeningOver request, CancellationToken cancellationToken)
    {
        var staff = await OverAsync([.. request.Open.OfType<StaffListening>()], cancellationToken);
        return [.. staff, .. await OverAsync([.. request.Open.OfType<ReporterListening>()], cancellationToken)];
    }

    private async Task<IEnumerable<Listening>> OverAsync(IReadOnlyList<StaffListening> staff, CancellationToken cancellationToken)
    {
        if (staff.Count == 0)
            return [];
        var live = (await sessions.AmongAsync([.. staff.Select(s => s.Session).Distinct()], cancellationToken)).ToDictionary(s => s.Session.Id, s => s.Person);
        var ids = staff.Select(s => s.Case).OfType<ReportId>().Distinct().ToList();
        var cases = ids.Count == 0 ? [] : await db.Reports.AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        var now = time.GetUtcNow();
        bool Holds(StaffListening listening) =>
            live.TryGetValue(listening.Session, out var person) && person.MayTheSameAs(listening.Person)
            && (listening.Case is not { } id || (cases.TryGetValue(id, out var report) && Permissions.MayRead(person, report, now)));
        return staff.Where(s => !Holds(s));
    }

    private async Task<IEnumerable<Listening>> OverAsync(IReadOnlyList<ReporterListening> reporters, CancellationToken cancellationToken)
    {
        if (reporters.Count == 0)
            return [];
        var ids = reporters.Select(r => r.Report).Distinct().ToList();
        var there = (await db.Reports.Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancellationToken)).ToHashSet();
        var now = time.GetUtcNow();
        return reporters.Where(r => r.Until <= now || !there.Contains(r.Report));
    }
}
