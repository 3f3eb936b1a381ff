using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Tracking;

/// <summary>补充材料 by the reporter: files sealed before become part of the report.</summary>
public sealed record AddReporterEvidence(OpenedReport Opened, IReadOnlyList<SealedEvidence> Files) : ICommand<Unit>, IActOfReporter
{
    /// <summary>How many full sendings one report takes in all.</summary>
    private const int Sendings = 5;

    internal static int Most(JurisdictionProfile profile) => profile.Uploads.MaxFiles * Sendings;
}

public sealed class AddReporterEvidenceValidator : AbstractValidator<AddReporterEvidence>
{
    public AddReporterEvidenceValidator() => RuleFor(c => c.Files).NotEmpty().WithMessage("tracking.error.fileMissing");
}

internal sealed class AddReporterEvidenceHandler(ReportsDbContext db, JurisdictionProfile profile, TimeProvider time) : IRequestHandler<AddReporterEvidence, Unit>
{
    public async Task<Unit> Handle(AddReporterEvidence request, CancellationToken cancellationToken)
    {
        var most = AddReporterEvidence.Most(profile);
        var report = await db.LoadAsync(request.Opened.Id, cancellationToken);
        var sent = await db.EvidenceFiles.CountAsync(f => f.ReportId == report.Id && f.ByReporter, cancellationToken);
        if (sent + request.Files.Count > most)
            throw new RuleBrokenException("rule.TooManyFiles", most);
        report.AddEvidence(Actor.Reporter, request.Files.Count, profile.DeadlinesOn(report.FiledOn).DayOf(time.GetUtcNow()));
        db.EvidenceFiles.AddRange(request.Files.Select(f => f.Row.ForReport(report.Id)));
        return Unit.Value;
    }
}

/// <summary>Gives up files that were sealed and did not become part of the report.</summary>
public sealed record GiveUpReporterEvidence(OpenedReport Opened, IReadOnlyList<SealedEvidence> Files) : IRequest<Unit>, IActOfReporter;

internal sealed class GiveUpReporterEvidenceHandler(EvidenceFiles files) : IRequestHandler<GiveUpReporterEvidence, Unit>
{
    public async Task<Unit> Handle(GiveUpReporterEvidence request, CancellationToken cancellationToken)
    {
        foreach (var file in request.Files)
            await files.ForgetAsync(file.Row);
        return Unit.Value;
    }
}
