namespace Report12350.Evidence;

/// <summary>Sealed files in a folder.</summary>
internal sealed class FolderStore(string root) : IEvidenceStore
{
    public Task<Stream> AppendAsync(Guid id, long length, CancellationToken cancellationToken)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new DurableFile(path);
        file.SetLength(length);
        file.Position = length;
        return Task.FromResult<Stream>(file);
    }

    public async Task<long> SettleAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(id)))
            return 0;
        await using var file = new DurableFile(PathOf(id));
        await file.FlushAsync(cancellationToken);
        return file.Length;
    }

    public Task<Stream> OpenReadAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(OpenRead(id));

    public Stream OpenRead(Guid id)
    {
        try
        {
            return new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new FileNotFoundException("No such file.", missing);
        }
    }

    public Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        Delete(id);
        return Task.CompletedTask;
    }

    public void Delete(Guid id)
    {
        if (File.Exists(PathOf(id)))
            File.Delete(PathOf(id));
    }

    public async IAsyncEnumerable<Guid> UntouchedSinceAsync(
        DateTimeOffset moment, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(root))
            yield break;
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Guid.TryParseExact(Path.GetFileName(path), "N", out var id) && File.GetLastWriteTimeUtc(path) < moment.UtcDateTime)
                yield return id;
        }
    }

    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(root, name[^2..], name);
    }

    /// <summary>What was flushed is on the disk, not in the machine's memory.</summary>
    private sealed class DurableFile(string path)
        : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1, FileOptions.Asynchronous)
    {
        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await base.FlushAsync(cancellationToken);
            Flush(flushToDisk: true);
        }
    }
}
