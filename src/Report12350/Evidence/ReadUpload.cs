using MediatR;

namespace Report12350.Evidence;

/// <summary>How far a file has come. Asking sends away whoever is still sending it: it is asked when the connection broke.</summary>
public sealed record ReadUpload(EvidenceHolder Holder, Guid Upload) : IRequest<UploadProgress>;

internal sealed class ReadUploadHandler(Uploads uploads) : IRequestHandler<ReadUpload, UploadProgress>
{
    public async Task<UploadProgress> Handle(ReadUpload request, CancellationToken cancellationToken)
    {
        using var turn = await uploads.TakeTurnAsync(request.Holder, request.Upload);
        var upload = await uploads.FindAsync(request.Holder, request.Upload);
        return upload.At((await uploads.SettleAsync(request.Holder, upload)).Offset);
    }
}
