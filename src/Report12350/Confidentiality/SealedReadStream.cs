using System.Buffers;
using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>The plain content of a sealed file (密封文件读取), one verified segment in memory at a time.</summary>
internal sealed class SealedReadStream : Stream
{
    private readonly Stream sealedFile;
    private readonly AesGcm aes;
    private readonly byte[] associatedData;
    private readonly long length;
    private readonly long segments;
    private readonly byte[] plain = ArrayPool<byte>.Shared.Rent(SealedStream.SegmentLength);
    private readonly byte[] cipher = ArrayPool<byte>.Shared.Rent(SealedStream.SealedSegmentLength);
    private long loaded = -1;
    private long position;
    private bool isKnown;
    private bool disposed;

    public SealedReadStream(Stream sealedFile, ReadOnlySpan<byte> fileKey, Guid fileId, long length)
    {
        this.sealedFile = sealedFile;
        associatedData = SealedStream.AssociatedData(fileId);
        this.length = length;
        aes = new AesGcm(fileKey, SealedStream.TagLength);
        segments = SealedStream.PaddedLength(length) / SealedStream.SegmentLength;
    }

    public override bool CanRead => !disposed;

    public override bool CanSeek => !disposed;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (!HasMore(buffer.Length))
        {
            return 0;
        }

        if (loaded != Segment)
        {
            if (!isKnown)
            {
                sealedFile.Position = 0;
                RequireKnown(sealedFile.ReadAtLeast(Header.Span, SealedStream.HeaderLength, throwOnEndOfStream: false));
            }

            SeekToSegment();
            Verify(sealedFile.ReadAtLeast(Sealed.Span, SealedStream.SealedSegmentLength, throwOnEndOfStream: false));
        }

        return CopyTo(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!HasMore(buffer.Length))
        {
            return 0;
        }

        if (loaded != Segment)
        {
            if (!isKnown)
            {
                sealedFile.Position = 0;
                RequireKnown(await sealedFile.ReadAtLeastAsync(Header, SealedStream.HeaderLength, throwOnEndOfStream: false, cancellationToken));
            }

            SeekToSegment();
            Verify(await sealedFile.ReadAtLeastAsync(Sealed, SealedStream.SealedSegmentLength, throwOnEndOfStream: false, cancellationToken));
        }

        return CopyTo(buffer.Span);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => position,
        SeekOrigin.End => length,
        _ => 0,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            aes.Dispose();
            sealedFile.Dispose();
            ArrayPool<byte>.Shared.Return(plain, clearArray: true);
            ArrayPool<byte>.Shared.Return(cipher);
        }

        base.Dispose(disposing);
    }

    private long Segment => position / SealedStream.SegmentLength;

    private Memory<byte> Header => cipher.AsMemory(0, SealedStream.HeaderLength);

    private Memory<byte> Sealed => cipher.AsMemory(0, SealedStream.SealedSegmentLength);

    private bool HasMore(int wanted)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return wanted > 0 && position < length;
    }

    private void SeekToSegment()
    {
        loaded = -1;
        sealedFile.Position = SealedStream.HeaderLength + (Segment * SealedStream.SealedSegmentLength);
    }

    private void RequireKnown(int read)
    {
        if (read != SealedStream.HeaderLength || !SealedStream.IsKnown(Header.Span))
        {
            throw new SealBrokenException("The sealed file has an unknown form.");
        }

        isKnown = true;
    }

    private void Verify(int read)
    {
        if (read != SealedStream.SealedSegmentLength)
        {
            throw new SealBrokenException("The sealed file was cut.");
        }

        Span<byte> nonce = stackalloc byte[AesGcm.NonceByteSizes.MaxSize];
        SealedStream.WriteNonce(Sealed.Span[..SealedStream.PrefixLength], checked((uint)Segment), Segment == segments - 1, nonce);
        var sealedSegment = Sealed.Span[SealedStream.PrefixLength..];
        try
        {
            aes.Decrypt(
                nonce, sealedSegment[..SealedStream.SegmentLength], sealedSegment[SealedStream.SegmentLength..],
                plain.AsSpan(0, SealedStream.SegmentLength), associatedData);
        }
        catch (AuthenticationTagMismatchException broken)
        {
            throw new SealBrokenException("A segment of the sealed file was altered.", broken);
        }

        loaded = Segment;
    }

    private int CopyTo(Span<byte> buffer)
    {
        var within = (int)(position % SealedStream.SegmentLength);
        var count = (int)Math.Min(Math.Min(buffer.Length, SealedStream.SegmentLength - within), length - position);
        plain.AsSpan(within, count).CopyTo(buffer);
        position += count;
        return count;
    }
}
