using System.Security.Cryptography;
using Report12350.Confidentiality;

namespace Report12350.Evidence;

/// <summary>迁移证据存储: each sealed file is copied, read back from where it went, and only then deleted where it was. Stopped half-way, it is run again.</summary>
public sealed class MoveEvidence(IEvidenceStore from, IEvidenceStore to)
{
    private readonly byte[] buffer = new byte[1024 * 1024];

    /// <returns>How many files were moved.</returns>
    /// <exception cref="InvalidDataException">A file did not arrive as it left; it is still where it was.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        await foreach (var id in from.UntouchedSinceAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            // Half a segment, from a write that broke off, is of no use to anybody.
            var length = SealedStream.SealedLengthOf(SealedStream.WholeSegments(await from.SettleAsync(id, cancellationToken)));
            await CopyAsync(id, length, cancellationToken);
            if (await to.SettleAsync(id, cancellationToken) != length || !await AreAlikeAsync(id, length, cancellationToken))
                throw new InvalidDataException($"{id:N} did not arrive as it left. It is still where it was.");
            await from.DeleteAsync(id, cancellationToken);
            moved++;
        }

        return moved;
    }

    private async Task CopyAsync(Guid id, long length, CancellationToken cancellationToken)
    {
        await using var source = await from.OpenReadAsync(id, cancellationToken);
        await using var target = await to.AppendAsync(id, 0, cancellationToken);
        await EachAsync(source, length, piece => target.WriteAsync(piece, cancellationToken), cancellationToken);
        await target.FlushAsync(cancellationToken);
    }

    private async Task<bool> AreAlikeAsync(Guid id, long length, CancellationToken cancellationToken) =>
        (await HashAsync(from, id, length, cancellationToken)) == await HashAsync(to, id, length, cancellationToken);

    private async Task<string> HashAsync(IEvidenceStore store, Guid id, long length, CancellationToken cancellationToken)
    {
        await using var source = await store.OpenReadAsync(id, cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await EachAsync(source, length, Append, cancellationToken);
        return Convert.ToHexString(hash.GetHashAndReset());

        ValueTask Append(ReadOnlyMemory<byte> piece)
        {
            hash.AppendData(piece.Span);
            return ValueTask.CompletedTask;
        }
    }

    private async Task EachAsync(Stream source, long length, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            var piece = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length));
            await source.ReadExactlyAsync(piece, cancellationToken);
            await take(piece);
            length -= piece.Length;
        }
    }
}
