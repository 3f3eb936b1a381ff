using MediatR;
using Report12350.Messaging;

namespace Report12350.Evidence;

/// <summary>查看 one file of a report on the screen.</summary>
public sealed record ReadEvidence(Guid File) : IQuery<EvidenceContent>;

internal sealed class ReadEvidenceHandler(EvidenceOpener opener) : IRequestHandler<ReadEvidence, EvidenceContent>
{
    public Task<EvidenceContent> Handle(ReadEvidence request, CancellationToken cancellationToken) =>
        opener.LookAsync(nameof(ReadEvidence), request.File, cancellationToken);
}
