using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Evidence;

/// <summary>Adds one file to a draft, streamed and sealed as it comes. The file is on the disk before its row is saved.</summary>
public sealed record AttachEvidence(DraftPass Pass, string FileName, Stream Content) : IRequest<EvidenceDescription>
{
    public override string ToString() => "evidence";
}

internal sealed class AttachEvidenceHandler(
    ReportsDbContext db, EvidenceIntake intake, EvidenceFolder folder, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<AttachEvidence, EvidenceDescription>
{
    public async Task<EvidenceDescription> Handle(AttachEvidence request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var draft = await db.Drafts.AsNoTracking()
            .FirstOrDefaultAsync(d => d.Id == request.Pass.Id && d.SealedFiled == null && d.ExpiresAt > now, cancellationToken)
            ?? throw new NotFoundException();
        var content = request.Pass.Open(draft);
        RequireRoom(content);
        var (row, description) = await intake.TakeAsync(
            request.Content, request.FileName, ContentKey.From(content.ContentKey), EvidencePurpose.Report, Actor.Reporter, cancellationToken);
        try
        {
            await SaveAsync(request.Pass, row, description, cancellationToken);
            return description;
        }
        catch
        {
            db.ChangeTracker.Clear();
            folder.Delete(row.Id);
            throw;
        }
    }

    /// <summary>The draft is read again: while the file came in, other answers or files may have been saved.</summary>
    private async Task SaveAsync(DraftPass pass, EvidenceFile row, EvidenceDescription description, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var draft = await db.LockedUnfiledDraftAsync(pass.Id, time.GetUtcNow(), cancellationToken);
        var content = pass.Open(draft);
        RequireRoom(content);
        content.Files[row.Id] = description;
        draft.SealedAnswers = pass.Seal(content);
        db.EvidenceFiles.Add(row.ForDraft(draft.Id));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void RequireRoom(DraftContent content)
    {
        if (content.Files.Count >= profile.Uploads.MaxFiles)
            throw new RuleBrokenException("rule.TooManyFiles", profile.Uploads.MaxFiles);
    }
}
