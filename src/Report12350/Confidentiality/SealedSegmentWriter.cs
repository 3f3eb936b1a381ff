using System.Buffers;
using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>Writes the segments of one sealed file in order (密封分段写入), from the first or from where another stopped.</summary>
internal sealed class SealedSegmentWriter : IDisposable
{
    private readonly Stream target;
    private readonly AesGcm aes;
    private readonly byte[] associatedData;
    private readonly byte[] prefix = RandomNumberGenerator.GetBytes(SealedStream.PrefixLength);
    private readonly byte[] piece = ArrayPool<byte>.Shared.Rent(SealedStream.HeaderLength + SealedStream.SealedSegmentLength);

    public SealedSegmentWriter(Stream target, ReadOnlySpan<byte> fileKey, Guid fileId, long written)
    {
        Envelope.RequireKey(fileKey);
        this.target = target;
        aes = new AesGcm(fileKey, SealedStream.TagLength);
        associatedData = SealedStream.AssociatedData(fileId);
        Written = written;
    }

    public long Written { get; private set; }

    /// <summary>One segment, and before the first the header, in one write: a store keeps it whole or not at all.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> segment, bool last, CancellationToken ct)
    {
        var head = Written == 0 ? SealedStream.HeaderLength : 0;
        SealedStream.Header().AsSpan(0, head).CopyTo(piece);
        Seal(segment.Span, last, piece.AsSpan(head, SealedStream.SealedSegmentLength));
        await target.WriteAsync(piece.AsMemory(0, head + SealedStream.SealedSegmentLength), ct);
        Written++;
    }

    public void Dispose()
    {
        aes.Dispose();
        ArrayPool<byte>.Shared.Return(piece);
    }

    private void Seal(ReadOnlySpan<byte> segment, bool last, Span<byte> output)
    {
        Span<byte> nonce = stackalloc byte[AesGcm.NonceByteSizes.MaxSize];
        SealedStream.WriteNonce(prefix, checked((uint)Written), last, nonce);
        prefix.CopyTo(output);
        var cipher = output[SealedStream.PrefixLength..];
        aes.Encrypt(nonce, segment, cipher[..SealedStream.SegmentLength], cipher[SealedStream.SegmentLength..], associatedData);
    }
}
