using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Tracking;

/// <summary>Seals one more file of the reporter as it streams in; <see cref="AddReporterEvidence"/> makes it part of the report.</summary>
public sealed record SealReporterEvidence(OpenedReport Opened, string FileName, Stream Content) : IRequest<SealedEvidence>, IActOfReporter
{
    public override string ToString() => nameof(SealReporterEvidence);
}

/// <summary>A file on the store that no report holds yet (待补充材料).</summary>
public sealed class SealedEvidence
{
    private SealedEvidence(EvidenceFile row) => Row = row;

    internal EvidenceFile Row { get; }

    /// <summary>What a reporter does after filing is known by the day.</summary>
    internal static SealedEvidence OfTheDay(EvidenceFile row, DateTimeOffset day) =>
        new(new EvidenceFile(row.Id, row.Purpose, Actor.Reporter, day, row.SealedLength, row.SealedDescription, row.CopyId));
}

internal sealed class SealReporterEvidenceHandler(ReportsDbContext db, EvidenceIntake intake, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<SealReporterEvidence, SealedEvidence>
{
    public async Task<SealedEvidence> Handle(SealReporterEvidence request, CancellationToken cancellationToken)
    {
        var report = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == request.Opened.Id, cancellationToken) ?? throw new NotFoundException();
        if (ReportWorkflow.Refusal(report, ReportAction.AddEvidence, Actor.Reporter) is { } refusal)
            throw new RuleBrokenException(refusal, report.State, ReportAction.AddEvidence);
        var (row, _) = await intake.TakeAsync(
            request.Content, request.FileName, request.Opened.Key, EvidencePurpose.Report, Actor.Reporter, cancellationToken);
        return SealedEvidence.OfTheDay(row, profile.DeadlinesOn(report.FiledOn).DayOf(time.GetUtcNow()));
    }
}
