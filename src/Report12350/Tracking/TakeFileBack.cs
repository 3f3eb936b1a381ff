using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Tracking;

/// <summary>取回材料: a file that could not be cleaned and that nobody has seen is taken away again. What officers were shown stays.</summary>
public sealed record TakeFileBack(OpenedReport Opened, Guid FileId) : ICommand<Unit>, IActOfReporter;

internal sealed class TakeFileBackHandler(ReportsDbContext db, FilesTakenAway taken) : IRequestHandler<TakeFileBack, Unit>
{
    public async Task<Unit> Handle(TakeFileBack request, CancellationToken cancellationToken)
    {
        var file = await db.EvidenceFiles.OfReporterAsync(request.Opened, request.FileId, cancellationToken);
        if (!request.Opened.Evidence<EvidenceDescription>(file).IsHeld)
            throw new RuleBrokenException("rule.EvidenceStays");
        db.EvidenceFiles.Remove(file);
        await db.EvidenceUploads.Where(u => u.Id == file.Id).ExecuteDeleteAsync(cancellationToken);
        taken.Add([file.Id]);
        return Unit.Value;
    }
}
