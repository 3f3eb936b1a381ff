using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Evidence;

/// <summary>Adds one file to a draft, streamed and sealed as it comes. The file is on the disk before its row is saved.</summary>
/// <param name="MayComeAgain">Its sender may not have heard that it was taken: the same file is taken once.</param>
public sealed record AttachEvidence(DraftPass Pass, string FileName, Stream Content, bool MayComeAgain = false) : IRequest<EvidenceDescription>
{
    public override string ToString() => "evidence";
}

internal sealed class AttachEvidenceHandler(
    ReportsDbContext db, EvidenceIntake intake, EvidenceFiles files, DraftEvidence evidence, TimeProvider time)
    : IRequestHandler<AttachEvidence, EvidenceDescription>
{
    public async Task<EvidenceDescription> Handle(AttachEvidence request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var draft = await db.Drafts.AsNoTracking()
            .FirstOrDefaultAsync(d => d.Id == request.Pass.Id && d.SealedFiled == null && d.ExpiresAt > now, cancellationToken)
            ?? throw new NotFoundException();
        var content = request.Pass.Open(draft);
        evidence.RequireRoom(content, 0, 0);
        var (row, description) = await intake.TakeAsync(
            request.Content, request.FileName, ContentKey.From(content.ContentKey), EvidencePurpose.Report, Actor.Reporter, cancellationToken);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (request.MayComeAgain && await evidence.FindAsync(request.Pass, description, cancellationToken) is { } same)
            {
                await files.ForgetAsync(row);
                return same;
            }

            await evidence.AddAsync(request.Pass, row, description, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return description;
        }
        catch
        {
            db.ChangeTracker.Clear();
            await files.ForgetAsync(row);
            throw;
        }
    }
}
