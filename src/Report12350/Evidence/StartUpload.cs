using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Tracking;

namespace Report12350.Evidence;

/// <summary>Makes room for one file that is about to be sent bit by bit: to the draft, or to the report when there is none.</summary>
public sealed record StartUpload(EvidenceHolder Holder, string FileName, long Length, string? Metadata) : ICommand<UploadProgress>
{
    public override string ToString() => nameof(StartUpload);
}

internal sealed class StartUploadHandler(ReportsDbContext db, DraftEvidence drafts, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<StartUpload, UploadProgress>
{
    public async Task<UploadProgress> Handle(StartUpload request, CancellationToken cancellationToken)
    {
        var name = EvidenceIntake.NameOf(request.FileName);
        if (request.Length == 0)
            throw new RuleBrokenException("rule.FileEmpty", name);
        if (request.Length > profile.Uploads.MaxAnyBytes)
            throw new RuleBrokenException("rule.FileTooLarge", name, profile.Uploads.MaxAnyBytes / (1024 * 1024));
        var said = new UploadSaid(name, request.Length, request.Metadata);
        var upload = request.Holder.Draft is { } pass
            ? await ForDraftAsync(pass, said, cancellationToken)
            : await ForReportAsync(request.Holder.Report ?? throw new NotFoundException(), said, cancellationToken);
        db.EvidenceUploads.Add(upload);
        return new UploadProgress(upload.Id, 0, said.Length, said.Metadata, upload.ExpiresAt);
    }

    private async Task<EvidenceUpload> ForDraftAsync(DraftPass pass, UploadSaid said, CancellationToken cancellationToken)
    {
        var draft = await db.LockedUnfiledDraftAsync(pass.Id, time.GetUtcNow(), cancellationToken);
        var content = pass.Open(draft);
        var key = ContentKey.From(content.ContentKey);
        var coming = await ComingAsync(db.EvidenceUploads.Where(u => u.DraftId == pass.Id), key, cancellationToken);
        drafts.RequireRoom(content, coming.Count, coming.Sum() + said.Length);
        var id = Guid.NewGuid();
        return new EvidenceUpload { Id = id, DraftId = pass.Id, ExpiresAt = draft.ExpiresAt, SealedSaid = key.SealJson(said, Places.UploadSaid(id)) };
    }

    private async Task<EvidenceUpload> ForReportAsync(OpenedReport opened, UploadSaid said, CancellationToken cancellationToken)
    {
        var report = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == opened.Id, cancellationToken) ?? throw new NotFoundException();
        if (ReportWorkflow.Refusal(report, ReportAction.AddEvidence, Actor.Reporter) is { } refusal)
            throw new RuleBrokenException(refusal, report.State, ReportAction.AddEvidence);
        var coming = await ComingAsync(db.EvidenceUploads.Where(u => u.ReportId == opened.Id), opened.Key, cancellationToken);
        var sent = await db.EvidenceFiles.Where(f => f.ReportId == opened.Id && f.ByReporter).Select(f => f.SealedLength).ToListAsync(cancellationToken);
        if (sent.Count + coming.Count >= AddReporterEvidence.Most(profile))
            throw new RuleBrokenException("rule.TooManyFiles", AddReporterEvidence.Most(profile));
        profile.Uploads.RequireRoom(sent.Sum() + coming.Sum() + said.Length);
        var id = Guid.NewGuid();
        return new EvidenceUpload
        {
            Id = id,
            ReportId = opened.Id,
            ExpiresAt = time.GetUtcNow() + StartDraftHandler.Life,
            SealedSaid = opened.Key.SealJson(said, Places.UploadSaid(id)),
        };
    }

    /// <summary>Lengths of the files that are still on their way.</summary>
    private static async Task<List<long>> ComingAsync(IQueryable<EvidenceUpload> uploads, ContentKey key, CancellationToken cancellationToken) =>
        [.. (await uploads.AsNoTracking().Where(u => !u.IsWhole).ToListAsync(cancellationToken)).Select(u => new OpenUpload(u, key).Said.Length)];
}
