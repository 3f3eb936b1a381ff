using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>What is known of an evidence file after sealing (密封文件信息); the true length and the hash belong in a sealed column.</summary>
public sealed record SealedFile(long Length, byte[] Sha256, long SealedLength);

/// <summary>Evidence files sealed in segments (证据文件密封): readable by range, memory stays flat, any change or cut is noticed.</summary>
public static class SealedStream
{
    public const int SegmentLength = 64 * 1024;

    internal const int TagLength = 16;
    internal const int HeaderLength = 12;
    internal const int SealedSegmentLength = SegmentLength + TagLength;

    private const byte Suite = 1;
    private const int PrefixLength = 7;
    private const long FineLimit = 1024 * 1024;

    /// <summary>Seals a stream of unknown length; on any exception the target holds nothing usable and is to be deleted.</summary>
    public static async Task<SealedFile> SealAsync(
        Stream plain, Stream target, ReadOnlyMemory<byte> fileKey, Guid fileId, long maxLength, CancellationToken ct)
    {
        Envelope.RequireKey(fileKey.Span);
        var current = ArrayPool<byte>.Shared.Rent(SegmentLength);
        var next = ArrayPool<byte>.Shared.Rent(SegmentLength);
        using var writer = new SealedSegmentWriter(target, fileKey.Span, fileId);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            await target.WriteAsync(writer.Header, ct);
            long length = 0;
            var count = await FillAsync(current);
            while (count == SegmentLength && await FillAsync(next) is var more and > 0)
            {
                await writer.WriteAsync(current.AsMemory(0, SegmentLength), last: false, ct);
                (current, next, count) = (next, current, more);
            }

            await PadAsync(writer, current.AsMemory(0, SegmentLength), count, PaddedLength(length) / SegmentLength, ct);
            return new SealedFile(length, hash.GetHashAndReset(), SealedLength(length));

            async Task<int> FillAsync(byte[] buffer)
            {
                var read = await plain.ReadAtLeastAsync(buffer.AsMemory(0, SegmentLength), SegmentLength, throwOnEndOfStream: false, ct);
                hash.AppendData(buffer, 0, read);
                length += read;
                return length <= maxLength ? read : throw new FileTooLargeException(maxLength);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(current, clearArray: true);
            ArrayPool<byte>.Shared.Return(next, clearArray: true);
        }
    }

    /// <summary>Opens a sealed file for reading by range; the stream owns the sealed file and closes it.</summary>
    public static Stream OpenRead(Stream sealedFile, ReadOnlyMemory<byte> fileKey, Guid fileId, long length)
    {
        Envelope.RequireKey(fileKey.Span);
        if (!sealedFile.CanSeek)
        {
            throw new ArgumentException("A sealed file is read by range.", nameof(sealedFile));
        }

        if (length < 0 || sealedFile.Length != SealedLength(length))
        {
            throw new SealBrokenException("The sealed file was cut or lengthened.");
        }

        var header = new byte[HeaderLength];
        sealedFile.Position = 0;
        sealedFile.ReadExactly(header);
        return IsKnown(header)
            ? new SealedReadStream(sealedFile, fileKey.Span, AssociatedData(header, fileId), length)
            : throw new SealBrokenException("The sealed file has an unknown form.");
    }

    public static long SealedLength(long length) => HeaderLength + (PaddedLength(length) / SegmentLength * SealedSegmentLength);

    internal static long PaddedLength(long length)
    {
        var step = length <= FineLimit ? SegmentLength : 1L << (BitOperations.Log2((ulong)length) - 4);
        return Math.Max(SegmentLength, checked((length + step - 1) / step * step));
    }

    internal static byte[] NewHeader()
    {
        var header = new byte[HeaderLength];
        header[0] = Suite;
        RandomNumberGenerator.Fill(header.AsSpan(1, PrefixLength));
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1 + PrefixLength), SegmentLength);
        return header;
    }

    /// <summary>The header and the file's id: no segment opens under another of either.</summary>
    internal static byte[] AssociatedData(ReadOnlySpan<byte> header, Guid fileId) => [.. header, .. fileId.ToByteArray(bigEndian: true)];

    internal static void WriteNonce(ReadOnlySpan<byte> header, uint counter, bool last, Span<byte> nonce)
    {
        header.Slice(1, PrefixLength).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixLength..], counter);
        nonce[^1] = last ? (byte)1 : (byte)0;
    }

    private static bool IsKnown(ReadOnlySpan<byte> header) =>
        header[0] == Suite && BinaryPrimitives.ReadInt32BigEndian(header[(1 + PrefixLength)..]) == SegmentLength;

    private static async Task PadAsync(SealedSegmentWriter writer, Memory<byte> segment, int count, long segments, CancellationToken ct)
    {
        segment.Span[count..].Clear();
        while (writer.Written < segments)
        {
            await writer.WriteAsync(segment, last: writer.Written == segments - 1, ct);
            segment.Span.Clear();
        }
    }
}
