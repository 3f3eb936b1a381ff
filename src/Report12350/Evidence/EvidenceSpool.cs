using Report12350.Confidentiality;

namespace Report12350.Evidence;

/// <summary>Where a file waits while the rest of its form comes in (暂存附件): sealed under a key that only this request holds, so memory stays flat and nothing unsealed is on the disk.</summary>
public sealed class EvidenceSpool(EvidenceFolder folder)
{
    /// <exception cref="FileTooLargeException">More than <paramref name="maxLength"/> bytes came.</exception>
    public async Task<SpooledEvidence> KeepAsync(Stream plain, long maxLength, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        var key = ContentKey.Generate().ForFile(id);
        var saved = await folder.SaveAsync(id, key, plain, maxLength, cancellationToken);
        return new SpooledEvidence(folder, id, key, saved.Length);
    }
}

/// <summary>One waiting file; it is gone when the request is over. What a killed process leaves is collected with the expired drafts.</summary>
public sealed class SpooledEvidence : IDisposable
{
    private readonly EvidenceFolder folder;
    private readonly Guid id;
    private readonly byte[] key;

    internal SpooledEvidence(EvidenceFolder folder, Guid id, byte[] key, long length) => (this.folder, this.id, this.key, Length) = (folder, id, key, length);

    public long Length { get; }

    public Stream OpenRead() => folder.OpenRead(id, key, Length);

    public void Dispose() => folder.Delete(id);
}
