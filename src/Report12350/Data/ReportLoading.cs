using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Reports;
using Report12350.Messaging;

namespace Report12350.Data;

/// <summary>Loads the aggregate for an act; the timeline is only ever added to, so it stays where it is.</summary>
internal static class ReportLoading
{
    /// <exception cref="StaleException">Changed since the person saw it.</exception>
    public static async Task<Report> LoadAsync(this ReportsDbContext db, IActOnReport act, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(act.Report, cancellationToken);
        return report.Version == act.Version ? report : throw new StaleException();
    }

    public static Task<Report> LoadAsync(this ReportsDbContext db, ReportId id, CancellationToken cancellationToken) =>
        LoadAsync(db.Reports, id, cancellationToken);

    /// <summary>As it is now, to be looked at and not changed.</summary>
    public static Task<Report> LookAtAsync(this ReportsDbContext db, ReportId id, CancellationToken cancellationToken) =>
        LoadAsync(db.Reports.AsNoTracking(), id, cancellationToken);

    private static async Task<Report> LoadAsync(IQueryable<Report> reports, ReportId id, CancellationToken cancellationToken) =>
        await reports.Include(r => r.Clocks).Include(r => r.VerificationRecords).Include(r => r.RectificationItems).AsSplitQuery()
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new NotFoundException();
}
