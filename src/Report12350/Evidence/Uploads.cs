using System.Security.Cryptography;
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
using Report12350.Scanning;
using Report12350.Tracking;

namespace Report12350.Evidence;

/// <summary>Files on their way (断点续传), for the use cases that start, continue, ask after and drop them.</summary>
public sealed class Uploads(
    ReportsDbContext db, IMediator mediator, UploadTurns turns, IEvidenceStore store, EvidenceFiles files, EvidenceIntake intake, EvidenceScans scans, DraftEvidence drafts, JurisdictionProfile profile, TimeProvider time)
{
    /// <summary>An upload of the holder's own; of anybody else's they learn nothing.</summary>
    /// <exception cref="UploadExpiredException">It was, and its time is over.</exception>
    internal async Task<OpenUpload> FindAsync(EvidenceHolder holder, Guid id)
    {
        var row = await db.EvidenceUploads.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id) ?? throw new NotFoundException();
        var key = await KeyAsync(holder, row) ?? throw new NotFoundException();
        if (row.ExpiresAt <= time.GetUtcNow())
            throw new UploadExpiredException();
        return new OpenUpload(row, key);
    }

    /// <summary>The holder's turn at it; nobody else can send away who is sending.</summary>
    internal async Task<UploadTurns.Turn> TakeTurnAsync(EvidenceHolder holder, Guid id)
    {
        await FindAsync(holder, id);
        return await turns.TakeAsync(id);
    }

    /// <summary>How far it has come, made lasting. What is there whole and is no evidence yet becomes it now.</summary>
    internal async Task<UploadTail> SettleAsync(EvidenceHolder holder, OpenUpload upload)
    {
        if (upload.Row.IsWhole)
            return upload.End;
        var said = upload.Tail;
        var came = Math.Min(SealedStream.WholeSegments(await store.SettleAsync(upload.Id, CancellationToken.None)), upload.End.Segments);
        var tail = came < said.Segments || (came > said.Segments && !upload.Row.IsUnchecked) ? new UploadTail(came, []) : said;
        if (tail.Offset < upload.Said.Length)
            return tail;
        await using var target = await store.AppendAsync(upload.Id, SealedStream.SealedLengthOf(tail.Segments), CancellationToken.None);
        using var writer = upload.Writer(target, tail);
        await FinishAsync(holder, upload, target, writer);
        return upload.End;
    }

    /// <summary>What came is acknowledged from here on.</summary>
    internal async Task KeepAsync(OpenUpload upload, SealedFileWriter writer, Stream target)
    {
        await target.FlushAsync(CancellationToken.None);
        var tail = upload.Seal(new UploadTail(writer.Written, writer.Tail.ToArray()));
        var kept = await db.EvidenceUploads.Where(u => u.Id == upload.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.SealedTail, tail).SetProperty(x => x.IsUnchecked, false));
        if (kept == 0)
            throw new NotFoundException();
    }

    /// <summary>All of it came: it is closed, looked at once more from its beginning, and becomes evidence where it was sent to.</summary>
    internal async Task FinishAsync(EvidenceHolder holder, OpenUpload upload, Stream target, SealedFileWriter writer)
    {
        try
        {
            await CloseAsync(holder, upload, target, writer);
        }
        catch (Exception refusal) when (refusal is RuleBrokenException or SealBrokenException)
        {
            await DropAsync(upload);
            throw;
        }
    }

    internal async Task DropAsync(OpenUpload upload)
    {
        await db.EvidenceUploads.Where(u => u.Id == upload.Id).ExecuteDeleteAsync();
        await files.ForgetAsync(upload.Id);
    }

    private async Task CloseAsync(EvidenceHolder holder, OpenUpload upload, Stream target, SealedFileWriter writer)
    {
        var hash = await writer.FinishAsync(CancellationToken.None);
        await target.FlushAsync(CancellationToken.None);
        await target.DisposeAsync();
        var (name, length) = (upload.Said.Name, upload.Said.Length);
        await using var plain = await files.OpenReadAsync(upload.Id, upload.FileKey, length, CancellationToken.None);
        var head = new byte[MediaTypes.HeadLength];
        var read = await plain.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false);
        var type = intake.TypeOf(head.AsSpan(0, read), name, length);
        plain.Position = 0;
        hash ??= await SHA256.HashDataAsync(plain);
        await plain.DisposeAsync();
        var said = new EvidenceDescription(name, type, length, Convert.ToHexStringLower(hash));
        if (!await db.EvidenceFiles.AnyAsync(f => f.Id == upload.Id))
            await AddAsync(holder, upload, await scans.JudgeAsync(upload.Id, upload.Key, said, CancellationToken.None));
        await db.EvidenceUploads.Where(u => u.Id == upload.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.IsWhole, true).SetProperty(x => x.SealedTail, (byte[]?)null));
    }

    /// <summary>Added once, though the answer may have been lost and it is asked for again.</summary>
    private async Task AddAsync(EvidenceHolder holder, OpenUpload upload, EvidenceDescription description)
    {
        var row = intake.RowOf(upload.Id, description, upload.Key, EvidencePurpose.Report, Actor.Reporter);
        if (upload.Row.DraftId is null)
        {
            await mediator.Send(new AddReporterEvidence(holder.Report!, [await OfTheDayAsync(holder.Report!, row)]));
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        await drafts.AddAsync(holder.Draft!, row, description, CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>What a reporter does after filing is known by the day.</summary>
    private async Task<SealedEvidence> OfTheDayAsync(OpenedReport opened, EvidenceFile row)
    {
        var filedOn = await db.Reports.Where(r => r.Id == opened.Id).Select(r => r.FiledOn).SingleAsync();
        return SealedEvidence.OfTheDay(row, profile.DeadlinesOn(filedOn).DayOf(time.GetUtcNow()));
    }

    private async Task<ContentKey?> KeyAsync(EvidenceHolder holder, EvidenceUpload row)
    {
        if (row.ReportId is { } report)
            return holder.Report?.Id == report ? holder.Report.Key : null;
        if (holder.Draft is not { } pass || pass.Id != row.DraftId)
            return null;
        var draft = await db.Drafts.AsNoTracking().FirstOrDefaultAsync(d => d.Id == pass.Id && d.SealedFiled == null);
        return draft is null ? null : ContentKey.From(pass.Open(draft).ContentKey);
    }
}

/// <summary>An upload with its content key.</summary>
internal sealed class OpenUpload(EvidenceUpload row, ContentKey key)
{
    public EvidenceUpload Row => row;

    public Guid Id => row.Id;

    public ContentKey Key => key;

    public UploadSaid Said { get; } = key.OpenJson<UploadSaid>(row.SealedSaid, Places.UploadSaid(row.Id));

    public UploadTail Tail { get; } = row.SealedTail is null ? UploadTail.Nothing : key.OpenJson<UploadTail>(row.SealedTail, Places.UploadTail(row.Id));

    public byte[] FileKey => key.ForFile(row.Id);

    /// <summary>Where it ends: the last segment stays a tail until all is there.</summary>
    public UploadTail End
    {
        get
        {
            var segments = (Said.Length - 1) / SealedStream.SegmentLength;
            return new UploadTail(segments, new byte[Said.Length - (segments * SealedStream.SegmentLength)]);
        }
    }

    public byte[] Seal(UploadTail tail) => key.SealJson(tail, Places.UploadTail(row.Id));

    public SealedFileWriter Writer(Stream target, UploadTail from) => new(target, FileKey, row.Id, from.Segments, from.Bytes);

    public UploadProgress At(long offset) => new(row.Id, offset, Said.Length, Said.Metadata, row.ExpiresAt);
}
