using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Tracking;

/// <summary>保留原样, after filing: whether officers may have a file with all it gives away, as proof or because it could not be cleaned.</summary>
public sealed record ShowFileAsSent(OpenedReport Opened, Guid FileId, bool Shown) : ICommand<Unit>, IActOfReporter;

internal sealed class ShowFileAsSentHandler(ReportsDbContext db) : IRequestHandler<ShowFileAsSent, Unit>
{
    public async Task<Unit> Handle(ShowFileAsSent request, CancellationToken cancellationToken)
    {
        var file = await db.EvidenceFiles.OfReporterAsync(request.Opened, request.FileId, cancellationToken);
        var said = request.Opened.Evidence<EvidenceDescription>(file);
        file.Describe(request.Opened.SealEvidence(file.Id, said with { ShownAsSent = request.Shown }), file.CopyId);
        return Unit.Value;
    }
}
