using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Retention;

/// <summary>保存期限: the county's years, what would go at the next run, what is held, what waits for a second person, and what went. No word of any report.</summary>
public sealed record ReadRetention : IQuery<RetentionState>, INeedRole
{
    public const int Shown = 100;

    IReadOnlyList<Role> INeedRole.Roles => [Role.Administrator, Role.Auditor, Role.Dispatcher, Role.Supervisor];
}

/// <param name="Due">Oldest first; those with a hold stay.</param>
public sealed record RetentionState(RetentionRules Rules, IReadOnlyList<DueReport> Due, IReadOnlyList<AskedErasure> Asked, IReadOnlyList<BuriedReport> Buried);

public sealed record AskedErasure(string Number, ErasureReason Reason, string AskedBy, DateTimeOffset AskedAt);

/// <param name="ErasedAt">Null: decided, and being carried out.</param>
public sealed record BuriedReport(
    string Number, ReportState State, Finding? Finding, DateOnly FiledOn, DateOnly? ClosedOn, ErasureReason Reason, DateTimeOffset? ErasedAt, string? AskedBy, string? ConfirmedBy);

internal sealed class ReadRetentionHandler(ReportsDbContext db, DueReports due) : IRequestHandler<ReadRetention, RetentionState>
{
    public async Task<RetentionState> Handle(ReadRetention request, CancellationToken cancellationToken)
    {
        var asked = await db.ErasureRequests.AsNoTracking().Join(db.Reports, e => e.ReportId, r => r.Id, (e, r) => new { r.Number, e.Reason, e.AskedBy, e.AskedAt })
            .OrderBy(e => e.AskedAt).ToListAsync(cancellationToken);
        var buried = await db.Tombstones.AsNoTracking().OrderByDescending(t => t.DecidedAt).Take(ReadRetention.Shown).ToListAsync(cancellationToken);
        var people = asked.Select(a => a.AskedBy).Concat(buried.SelectMany(t => new[] { t.AskedBy, t.ConfirmedBy }).OfType<Guid>()).Distinct().ToList();
        var names = await db.Staff.AsNoTracking().Where(m => people.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.DisplayName, cancellationToken);
        return new RetentionState(
            due.Rules,
            await due.ListAsync(cancellationToken),
            [.. asked.Select(a => new AskedErasure(a.Number, a.Reason, names.GetValueOrDefault(a.AskedBy, ""), a.AskedAt))],
            [.. buried.Select(t => new BuriedReport(t.Number, t.State, t.Finding, t.FiledOn, t.ClosedOn, t.Reason, t.ErasedAt, NameOf(t.AskedBy), NameOf(t.ConfirmedBy)))]);

        string? NameOf(Guid? person) => person is { } id ? names.GetValueOrDefault(id) : null;
    }
}
