namespace Report12350.Evidence;

/// <summary>Where sealed files lie (证据存储): a folder or Azure Blob. It knows ids and sealed bytes, and nothing of what is in them.</summary>
public interface IEvidenceStore
{
    /// <summary>Opens a file for writing after its first so many bytes; what lay beyond is gone. What was flushed outlives a power cut.</summary>
    /// <param name="id">The file; when it is not there yet, it begins.</param>
    /// <param name="length">No more than was flushed or settled.</param>
    /// <param name="cancellationToken">Whoever writes has gone.</param>
    Task<Stream> AppendAsync(Guid id, long length, CancellationToken cancellationToken);

    /// <summary>Makes lasting what came before the writing broke off, and says how much that is; 0 when there is no such file.</summary>
    Task<long> SettleAsync(Guid id, CancellationToken cancellationToken);

    /// <exception cref="FileNotFoundException">No such file.</exception>
    Task<Stream> OpenReadAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Does nothing when there is no such file.</summary>
    Task DeleteAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Files nobody wrote to since a moment.</summary>
    IAsyncEnumerable<Guid> UntouchedSinceAsync(DateTimeOffset moment, CancellationToken cancellationToken);
}

/// <summary>The store does not answer (存储不可用); nothing was lost, and the same is sent again.</summary>
public sealed class EvidenceStoreDownException(Exception inner) : IOException("The evidence store does not answer.", inner);
