using MediatR;
using Report12350.Messaging;

namespace Report12350.Evidence;

/// <summary>取原件: one file byte for byte as it was sent, with all it may give away of the reporter, who must have agreed; an act of its own, after a fresh second factor.</summary>
public sealed record ReadOriginal(Guid File) : IQuery<EvidenceContent>, INeedStepUp;

internal sealed class ReadOriginalHandler(EvidenceOpener opener) : IRequestHandler<ReadOriginal, EvidenceContent>
{
    public Task<EvidenceContent> Handle(ReadOriginal request, CancellationToken cancellationToken) =>
        opener.TakeAsync(nameof(ReadOriginal), request.File, cancellationToken, asSent: true);
}
