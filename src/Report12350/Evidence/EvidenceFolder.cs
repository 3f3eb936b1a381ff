using Microsoft.Extensions.Configuration;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Evidence;

/// <summary>Sealed files in the data folder. What is written is sealed before it reaches the disk, and on the disk before it is acknowledged.</summary>
public sealed class EvidenceFolder(IConfiguration configuration)
{
    private readonly string root = Path.Combine(DataFolder.Of(configuration), "evidence");

    /// <exception cref="FileTooLargeException">More than <paramref name="maxLength"/> bytes came.</exception>
    internal async Task<SealedFile> SaveAsync(Guid id, ReadOnlyMemory<byte> key, Stream plain, long maxLength, CancellationToken cancellationToken)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        try
        {
            SealedFile saved;
            await using (var target = new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                saved = await SealedStream.SealAsync(plain, target, key, id, maxLength, cancellationToken);
                await target.FlushAsync(cancellationToken);
                target.Flush(flushToDisk: true);
            }

            File.Move(part, path);
            return saved;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    internal Stream OpenRead(Guid id, ReadOnlyMemory<byte> key, long length) =>
        SealedStream.OpenRead(new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous), key, id, length);

    internal void Delete(Guid id) => File.Delete(PathOf(id));

    /// <summary>Files written before a moment, with the id of those that came in whole.</summary>
    internal IEnumerable<(string Path, Guid? Id)> WrittenBefore(DateTimeOffset moment) => Directory.Exists(root)
        ? from path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
          where File.GetLastWriteTimeUtc(path) < moment.UtcDateTime
          select (path, Guid.TryParseExact(Path.GetFileName(path), "N", out var id) ? id : (Guid?)null)
        : [];

    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(root, name[^2..], name);
    }
}
