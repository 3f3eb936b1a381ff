using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;

namespace Report12350.Evidence;

/// <summary>Takes what comes of a file from where it stopped. When the connection breaks, what came is kept; when all came, the file is evidence.</summary>
public sealed record ContinueUpload(EvidenceHolder Holder, Guid Upload, long Offset, Stream Content, UploadChecksum? Checksum) : IRequest<UploadProgress>
{
    public override string ToString() => nameof(ContinueUpload);
}

internal sealed class ContinueUploadHandler(ReportsDbContext db, Uploads uploads, IEvidenceStore store, EvidenceIntake intake)
    : IRequestHandler<ContinueUpload, UploadProgress>
{
    public async Task<UploadProgress> Handle(ContinueUpload request, CancellationToken cancellationToken)
    {
        using var turn = await uploads.TakeTurnAsync(request.Holder, request.Upload);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, turn.SentAway);
        var upload = await uploads.FindAsync(request.Holder, request.Upload);
        var from = await uploads.SettleAsync(request.Holder, upload);
        if (from.Offset != request.Offset)
            throw new UploadOffsetException();
        if (from.Offset == upload.Said.Length)
            return upload.At(from.Offset);
        await using var coming = new ComingBytes(request.Content, request.Checksum, gone.Token);
        return upload.At(await TakeAsync(request, upload, from, coming));
    }

    private async Task<long> TakeAsync(ContinueUpload request, OpenUpload upload, UploadTail from, ComingBytes coming)
    {
        if (request.Checksum is not null)
            await UncheckedAsync(upload, from);
        await using var target = await store.AppendAsync(upload.Id, SealedStream.SealedLengthOf(from.Segments), CancellationToken.None);
        using var writer = upload.Writer(target, from);
        if (from.Offset < MediaTypes.HeadLength)
            await LookAtHeadAsync(upload, writer, coming);
        await writer.TakeAsync(coming, upload.Said.Length, CancellationToken.None);
        if (request.Checksum is not null && !coming.IsAsSent)
            throw new ChecksumException();
        await uploads.KeepAsync(upload, writer, target);
        if (writer.Length == upload.Said.Length)
            await uploads.FinishAsync(request.Holder, upload, target, writer);
        return writer.Length;
    }

    /// <summary>What is not taken is refused before the rest is sent.</summary>
    private async Task LookAtHeadAsync(OpenUpload upload, SealedFileWriter writer, ComingBytes coming)
    {
        await writer.TakeAsync(coming, Math.Min(MediaTypes.HeadLength, upload.Said.Length), CancellationToken.None);
        if (writer.Length < Math.Min(MediaTypes.HeadLength, upload.Said.Length))
            return;
        try
        {
            _ = intake.TypeOf(writer.Tail.Span, upload.Said.Name, upload.Said.Length);
        }
        catch (RuleBrokenException)
        {
            await uploads.DropAsync(upload);
            throw;
        }
    }

    /// <summary>From here on only what was acknowledged before counts, whatever reaches the store.</summary>
    private async Task UncheckedAsync(OpenUpload upload, UploadTail from)
    {
        var tail = upload.Seal(from);
        await db.EvidenceUploads.Where(u => u.Id == upload.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.SealedTail, tail).SetProperty(x => x.IsUnchecked, true));
    }
}
