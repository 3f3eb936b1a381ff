using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Retention;

/// <summary>One report as the two people who erase by hand see it: in clear, without a word of what was said.</summary>
public sealed record ReadErasure(string Number) : IQuery<ErasureView>, INeedRole, IConcernNumber
{
    IReadOnlyList<Role> INeedRole.Roles => AskErasure.Deciders;
}

/// <param name="Refusal">Key of the text that says why it can't be erased now.</param>
/// <param name="MayAsk">This person is one of those who ask.</param>
public sealed record ErasureView(ReportId Report, string Number, ReportState State, DateOnly FiledOn, DateOnly? ClosedOn, bool ReporterWrote, string? Refusal, bool MayAsk, ErasureAsked? Asked);

public sealed record ErasureAsked(ErasureReason Reason, string By, DateTimeOffset At, bool ByMe);

internal sealed class ReadErasureHandler(ReportsDbContext db, DueReports due, JurisdictionProfile profile, CurrentStaff current) : IRequestHandler<ReadErasure, ErasureView>
{
    public async Task<ErasureView> Handle(ReadErasure request, CancellationToken cancellationToken)
    {
        var report = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Number == request.Number, cancellationToken) ?? throw new NotFoundException();
        var asked = await db.ErasureRequests.AsNoTracking().Where(e => e.ReportId == report.Id)
            .Join(db.Staff, e => e.AskedBy, m => m.Id, (e, m) => new { e.Reason, e.AskedBy, m.DisplayName, e.AskedAt }).FirstOrDefaultAsync(cancellationToken);
        return new ErasureView(
            report.Id,
            report.Number,
            report.State,
            report.FiledOn,
            report.ClosedAt is { } at ? profile.DayOf(at) : null,
            report.ReporterWroteAfterClosing,
            await db.ErasureRefusalAsync(report, due, cancellationToken),
            current.Is(Role.Dispatcher),
            asked is null ? null : new ErasureAsked(asked.Reason, asked.DisplayName, asked.AskedAt, asked.AskedBy == current.Required().Id));
    }
}
