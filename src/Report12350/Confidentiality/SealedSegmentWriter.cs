using System.Buffers;
using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>Writes the segments of one sealed file in order (密封分段写入).</summary>
internal sealed class SealedSegmentWriter : IDisposable
{
    private readonly Stream target;
    private readonly AesGcm aes;
    private readonly byte[] header = SealedStream.NewHeader();
    private readonly byte[] associatedData;
    private readonly byte[] sealedSegment = ArrayPool<byte>.Shared.Rent(SealedStream.SealedSegmentLength);

    public SealedSegmentWriter(Stream target, ReadOnlySpan<byte> fileKey, Guid fileId)
    {
        this.target = target;
        aes = new AesGcm(fileKey, SealedStream.TagLength);
        associatedData = SealedStream.AssociatedData(header, fileId);
    }

    public ReadOnlyMemory<byte> Header => header;

    public long Written { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> segment, bool last, CancellationToken ct)
    {
        Seal(segment.Span, last);
        Written++;
        await target.WriteAsync(sealedSegment.AsMemory(0, SealedStream.SealedSegmentLength), ct);
    }

    public void Dispose()
    {
        aes.Dispose();
        ArrayPool<byte>.Shared.Return(sealedSegment);
    }

    private void Seal(ReadOnlySpan<byte> segment, bool last)
    {
        Span<byte> nonce = stackalloc byte[AesGcm.NonceByteSizes.MaxSize];
        SealedStream.WriteNonce(header, checked((uint)Written), last, nonce);
        var output = sealedSegment.AsSpan(0, SealedStream.SealedSegmentLength);
        aes.Encrypt(nonce, segment, output[..SealedStream.SegmentLength], output[SealedStream.SegmentLength..], associatedData);
    }
}
