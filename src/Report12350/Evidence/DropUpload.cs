using MediatR;
using Report12350.Domain;

namespace Report12350.Evidence;

/// <summary>Gives up a file on its way; one that came whole is taken out of the draft. What a report holds stays.</summary>
public sealed record DropUpload(EvidenceHolder Holder, Guid Upload) : IRequest<Unit>;

internal sealed class DropUploadHandler(Uploads uploads, IMediator mediator) : IRequestHandler<DropUpload, Unit>
{
    public async Task<Unit> Handle(DropUpload request, CancellationToken cancellationToken)
    {
        using var turn = await uploads.TakeTurnAsync(request.Holder, request.Upload);
        var upload = await uploads.FindAsync(request.Holder, request.Upload);
        if (!upload.Row.IsWhole)
            await uploads.DropAsync(upload);
        else if (upload.Row.DraftId is not null)
            await mediator.Send(new RemoveEvidence(request.Holder.Draft!, request.Upload), cancellationToken);
        else
            throw new RuleBrokenException("rule.EvidenceStays");
        return Unit.Value;
    }
}
