using System.Buffers;
using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>Seals one file as it comes (边传边封): a whole segment goes to the target once more follows it; what is left over is the tail.</summary>
/// <remarks>After a write failed, it is over: the file is taken up again from what the target kept.</remarks>
public sealed class SealedFileWriter : IDisposable
{
    private readonly SealedSegmentWriter segments;
    private readonly IncrementalHash? hash;
    private byte[] current = ArrayPool<byte>.Shared.Rent(SealedStream.SegmentLength);
    private byte[] next = ArrayPool<byte>.Shared.Rent(SealedStream.SegmentLength);
    private int count;

    /// <summary>Begins a file.</summary>
    public SealedFileWriter(Stream target, ReadOnlySpan<byte> fileKey, Guid fileId)
        : this(target, fileKey, fileId, 0, [])
    {
    }

    /// <summary>Takes a file up again: so many segments are in the target, and the tail goes on from there.</summary>
    public SealedFileWriter(Stream target, ReadOnlySpan<byte> fileKey, Guid fileId, long written, ReadOnlySpan<byte> tail)
    {
        segments = new SealedSegmentWriter(target, fileKey, fileId, written);
        tail.CopyTo(current);
        count = tail.Length;
        if (written > 0)
            return;
        hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(tail);
    }

    public long Length => (segments.Written * SealedStream.SegmentLength) + count;

    /// <summary>Segments in the target.</summary>
    public long Written => segments.Written;

    /// <summary>What came after the last segment in the target; at the beginning, all that came.</summary>
    public ReadOnlyMemory<byte> Tail => current.AsMemory(0, count);

    /// <summary>Takes what comes until the file is so long, or nothing comes any more.</summary>
    public async Task TakeAsync(Stream plain, long upTo, CancellationToken ct)
    {
        while (Length < upTo && await TakeOnceAsync(plain, upTo - Length, ct))
            continue;
    }

    /// <summary>Pads and closes the file; its SHA-256, or null when the beginning was not seen here.</summary>
    public async Task<byte[]?> FinishAsync(CancellationToken ct)
    {
        var all = SealedStream.PaddedLength(Length) / SealedStream.SegmentLength;
        var segment = current.AsMemory(0, SealedStream.SegmentLength);
        segment.Span[count..].Clear();
        var length = Length;
        while (segments.Written < all)
        {
            await segments.WriteAsync(segment, last: segments.Written == all - 1, ct);
            segment.Span.Clear();
        }

        count = (int)(length - (segments.Written * SealedStream.SegmentLength));
        return hash?.GetHashAndReset();
    }

    public void Dispose()
    {
        segments.Dispose();
        hash?.Dispose();
        ArrayPool<byte>.Shared.Return(current, clearArray: true);
        ArrayPool<byte>.Shared.Return(next, clearArray: true);
    }

    private async Task<bool> TakeOnceAsync(Stream plain, long most, CancellationToken ct)
    {
        var isFull = count == SealedStream.SegmentLength;
        var room = isFull ? next.AsMemory(0, SealedStream.SegmentLength) : current.AsMemory(count, SealedStream.SegmentLength - count);
        var read = await plain.ReadAsync(room[..(int)Math.Min(room.Length, most)], ct);
        if (read == 0)
            return false;
        hash?.AppendData(room.Span[..read]);
        if (isFull)
        {
            await segments.WriteAsync(current.AsMemory(0, SealedStream.SegmentLength), last: false, ct);
            (current, next, count) = (next, current, 0);
        }

        count += read;
        return true;
    }
}
