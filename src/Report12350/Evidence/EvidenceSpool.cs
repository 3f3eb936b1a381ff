using Report12350.Confidentiality;

namespace Report12350.Evidence;

/// <summary>Where a file waits while the rest of its form comes in (暂存附件): on this machine, sealed under a key that only this request holds, so memory stays flat and nothing unsealed is on the disk.</summary>
public sealed class EvidenceSpool
{
    private readonly FolderStore folder;
    private readonly EvidenceFiles files;

    internal EvidenceSpool(string root)
    {
        folder = new FolderStore(root);
        files = new EvidenceFiles(folder);
    }

    /// <exception cref="FileTooLargeException">More than <paramref name="maxLength"/> bytes came.</exception>
    public async Task<SpooledEvidence> KeepAsync(Stream plain, long maxLength, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        var key = ContentKey.Generate().ForFile(id);
        var saved = await files.SaveAsync(id, key, plain, maxLength, cancellationToken);
        return new SpooledEvidence(folder, id, key, saved.Length);
    }

    /// <summary>What requests left that were killed.</summary>
    internal async Task CollectAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await foreach (var left in folder.UntouchedSinceAsync(before, cancellationToken))
            folder.Delete(left);
    }
}

/// <summary>One waiting file; it is gone when the request is over. What a killed process leaves is collected with the expired drafts.</summary>
public sealed class SpooledEvidence : IDisposable
{
    private readonly FolderStore folder;
    private readonly Guid id;
    private readonly byte[] key;

    internal SpooledEvidence(FolderStore folder, Guid id, byte[] key, long length) => (this.folder, this.id, this.key, Length) = (folder, id, key, length);

    public long Length { get; }

    public Stream OpenRead() => SealedStream.OpenRead(folder.OpenRead(id), key, id, Length);

    public void Dispose() => folder.Delete(id);
}
