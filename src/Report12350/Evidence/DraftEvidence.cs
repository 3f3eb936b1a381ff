using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Intake;
using Report12350.Profiles;

namespace Report12350.Evidence;

/// <summary>Puts a sealed file into the draft it was sent with (草稿附件), however it came.</summary>
public sealed class DraftEvidence(ReportsDbContext db, JurisdictionProfile profile, TimeProvider time)
{
    /// <summary>The draft is read again: while the file came in, other answers or files may have been saved.</summary>
    internal async Task AddAsync(DraftPass pass, EvidenceFile row, EvidenceDescription description, CancellationToken cancellationToken)
    {
        var draft = await db.LockedUnfiledDraftAsync(pass.Id, time.GetUtcNow(), cancellationToken);
        var content = pass.Open(draft);
        RequireRoom(content, 0, description.Length);
        content.Files[row.Id] = description;
        draft.SealedAnswers = pass.Seal(content);
        db.EvidenceFiles.Add(row.ForDraft(draft.Id));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The file that is there already and has the same in it. The draft stays locked until the transaction ends.</summary>
    internal async Task<EvidenceDescription?> FindAsync(DraftPass pass, EvidenceDescription description, CancellationToken cancellationToken)
    {
        var content = pass.Open(await db.LockedUnfiledDraftAsync(pass.Id, time.GetUtcNow(), cancellationToken));
        return content.Files.Values.FirstOrDefault(file => file.Sha256 == description.Sha256);
    }

    /// <param name="content">The draft.</param>
    /// <param name="coming">Other files on their way.</param>
    /// <param name="length">Bytes on their way.</param>
    /// <exception cref="RuleBrokenException">One file more would be too many, or too much.</exception>
    internal void RequireRoom(DraftContent content, int coming, long length)
    {
        if (content.Files.Count + coming >= profile.Uploads.MaxFiles)
            throw new RuleBrokenException("rule.TooManyFiles", profile.Uploads.MaxFiles);
        profile.Uploads.RequireRoom(content.Files.Values.Sum(file => file.Length) + length);
    }
}
