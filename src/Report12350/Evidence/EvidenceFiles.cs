using System.Security.Cryptography;
using Report12350.Confidentiality;
using Report12350.Domain.Evidence;
using Report12350.Intake;

namespace Report12350.Evidence;

/// <summary>Evidence files, sealed on their way to the store (密封入库) and opened on their way back. What is flushed was sealed before it left the memory.</summary>
public sealed class EvidenceFiles(IEvidenceStore store)
{
    /// <exception cref="FileTooLargeException">More than <paramref name="maxLength"/> bytes came.</exception>
    internal async Task<SealedFile> SaveAsync(Guid id, ReadOnlyMemory<byte> key, Stream plain, long maxLength, CancellationToken cancellationToken)
    {
        try
        {
            await using var target = await store.AppendAsync(id, 0, cancellationToken);
            var saved = await SealedStream.SealAsync(plain, target, key, id, maxLength, cancellationToken);
            await target.FlushAsync(cancellationToken);
            return saved;
        }
        catch
        {
            await ForgetAsync(id);
            throw;
        }
    }

    internal async Task<Stream> OpenReadAsync(Guid id, ReadOnlyMemory<byte> key, long length, CancellationToken cancellationToken) =>
        SealedStream.OpenRead(await store.OpenReadAsync(id, cancellationToken), key, id, length);

    /// <summary>As it was sent.</summary>
    internal async Task<EvidenceContent> OpenSentAsync(OpenedReport opened, Guid id, EvidenceDescription said, CancellationToken cancellationToken) =>
        new(said, await OpenReadAsync(id, opened.FileKey(id), said.Length, cancellationToken));

    /// <summary>Its working copy, if there is one.</summary>
    internal Task<EvidenceContent> OpenShownAsync(OpenedReport opened, Guid id, EvidenceDescription said, CancellationToken cancellationToken) =>
        said.Copy is { } copy ? OpenSentAsync(opened, copy.Id, said.AsCopy(copy), cancellationToken) : OpenSentAsync(opened, id, said, cancellationToken);

    internal Task DeleteAsync(Guid id, CancellationToken cancellationToken) => store.DeleteAsync(id, cancellationToken);

    /// <summary>Deletes a file that came to nothing; when the store does not answer, it is collected later.</summary>
    internal async Task ForgetAsync(Guid id)
    {
        try
        {
            await store.DeleteAsync(id, CancellationToken.None);
        }
        catch (EvidenceStoreDownException)
        {
            // Collected with the files nobody knows.
        }
    }

    /// <summary>The same, with its working copy.</summary>
    internal async Task ForgetAsync(EvidenceFile row)
    {
        await ForgetAsync(row.Id);
        if (row.CopyId is { } copy)
            await ForgetAsync(copy);
    }

    internal IAsyncEnumerable<Guid> UntouchedSinceAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        store.UntouchedSinceAsync(moment, cancellationToken);
}
