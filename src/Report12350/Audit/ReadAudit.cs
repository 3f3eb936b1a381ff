using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;

namespace Report12350.Audit;

/// <summary>查审计记录: who did or opened what, newest first; never what it said.</summary>
/// <param name="Number">Report number, if only one report is looked at.</param>
/// <param name="Person">Part of a name, if only one person is looked at.</param>
public sealed record ReadAudit(string? Number, string? Person, int Page) : IQuery<AuditPage>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Auditor];
}

public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, int Page, int Pages, int Total);

public sealed record AuditLine(long Id, DateTimeOffset At, string Act, string? Person, Role? Role, string? Department, string? Number, bool Refused);

internal sealed class ReadAuditHandler(ReportsDbContext db) : IRequestHandler<ReadAudit, AuditPage>
{
    private const int PageSize = 50;

    public async Task<AuditPage> Handle(ReadAudit request, CancellationToken cancellationToken)
    {
        var entries = await FilteredAsync(request, cancellationToken);
        var total = await entries.CountAsync(cancellationToken);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var page = Math.Clamp(request.Page, 1, pages);
        var shown = await entries.OrderByDescending(e => e.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var people = await db.Staff.AsNoTracking().Where(m => shown.Select(e => e.StaffId).Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.DisplayName, cancellationToken);
        var reports = shown.Select(e => e.ReportId).OfType<ReportId>().Distinct().ToList();
        var numbers = await db.Reports.AsNoTracking().Where(r => reports.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Number, cancellationToken);
        foreach (var erased in await db.Tombstones.AsNoTracking().Where(t => reports.Contains(t.ReportId)).ToListAsync(cancellationToken))
            numbers[erased.ReportId] = erased.Number;
        return new AuditPage([.. shown.Select(e => Line(e, people, numbers))], page, pages, total);
    }

    private async Task<IQueryable<AuditEntry>> FilteredAsync(ReadAudit request, CancellationToken cancellationToken)
    {
        var entries = db.Audit.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(request.Number))
        {
            var number = new string([.. request.Number.Where(char.IsAsciiDigit)]);
            var report = await db.Reports.Where(r => r.Number == number).Select(r => (ReportId?)r.Id).FirstOrDefaultAsync(cancellationToken)
                ?? await db.Tombstones.Where(t => t.Number == number).Select(t => (ReportId?)t.ReportId).FirstOrDefaultAsync(cancellationToken) ?? new ReportId(Guid.Empty);
            entries = entries.Where(e => e.ReportId == report);
        }

        if (!string.IsNullOrWhiteSpace(request.Person))
        {
            var name = request.Person.Trim();
            var lower = name.ToLowerInvariant();
            var people = await db.Staff.Where(m => m.DisplayName.Contains(name) || m.SignInName.Contains(lower)).Select(m => (Guid?)m.Id).ToListAsync(cancellationToken);
            entries = entries.Where(e => people.Contains(e.StaffId));
        }

        return entries;
    }

    private static AuditLine Line(AuditEntry entry, Dictionary<Guid, string> people, Dictionary<ReportId, string> numbers) => new(
        entry.Id, entry.At, entry.Act,
        entry.StaffId is { } staff ? people.GetValueOrDefault(staff) : null,
        entry.Role, entry.Department,
        entry.ReportId is { } report ? numbers.GetValueOrDefault(report) : null,
        entry.Refused);
}
