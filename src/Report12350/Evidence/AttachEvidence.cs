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
public sealed record AttachEvidence(DraftPass Pass, string FileName, Stream Content) : IRequest<EvidenceDescription>;

internal sealed class AttachEvidenceHandler(ReportsDbContext db, EvidenceIntake intake, EvidenceFolder folder, JurisdictionProfile profile)
    : IRequestHandler<AttachEvidence, EvidenceDescription>
{
    public async Task<EvidenceDescription> Handle(AttachEvidence request, CancellationToken cancellationToken)
    {
        var draft = await db.Drafts.FirstOrDefaultAsync(d => d.Id == request.Pass.Id && d.SealedFiled == null, cancellationToken)
            ?? throw new NotFoundException();
        var content = request.Pass.Open(draft);
        if (content.Files.Count >= profile.Uploads.MaxFiles)
            throw new RuleBrokenException("rule.TooManyFiles", profile.Uploads.MaxFiles);
        var (row, description) = await intake.TakeAsync(
            request.Content, request.FileName, ContentKey.From(content.ContentKey), EvidencePurpose.Report, Actor.Reporter, cancellationToken);
        try
        {
            content.Files[row.Id] = description;
            draft.SealedAnswers = request.Pass.Seal(content);
            db.EvidenceFiles.Add(row.ForDraft(draft.Id));
            await db.SaveChangesAsync(cancellationToken);
            return description;
        }
        catch
        {
            folder.Delete(row.Id);
            throw;
        }
    }
}
