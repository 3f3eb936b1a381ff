using System.Buffers.Binary;
using System.Numerics;

namespace Report12350.Confidentiality;

/// <summary>What is known of an evidence file after sealing (密封文件信息); the true length and the hash belong in a sealed column.</summary>
public sealed record SealedFile(long Length, byte[] Sha256, long SealedLength);

/// <summary>Evidence files sealed in segments (证据文件密封): written bit by bit, readable by range, memory stays flat, any change or cut is noticed.</summary>
/// <remarks>
/// A header, then segments of one length: a random prefix, the ciphertext, the tag. The nonce is the prefix, the segment's number and whether it is
/// the last. Whoever takes a file up again seals under a prefix of their own, so that no nonce serves twice, whatever is sent the second time.
/// </remarks>
public static class SealedStream
{
    public const int SegmentLength = 64 * 1024;

    internal const int TagLength = 16;
    internal const int PrefixLength = 7;
    internal const int HeaderLength = 5;
    internal const int SealedSegmentLength = PrefixLength + SegmentLength + TagLength;

    private const byte Suite = 2;
    private const long FineLimit = 1024 * 1024;

    /// <summary>Seals a stream of unknown length; on any exception the target holds nothing usable and is to be deleted.</summary>
    public static async Task<SealedFile> SealAsync(
        Stream plain, Stream target, ReadOnlyMemory<byte> fileKey, Guid fileId, long maxLength, CancellationToken ct)
    {
        using var writer = new SealedFileWriter(target, fileKey.Span, fileId);
        await writer.TakeAsync(plain, maxLength, ct);
        if (await plain.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, ct) > 0)
            throw new FileTooLargeException(maxLength);
        return new SealedFile(writer.Length, (await writer.FinishAsync(ct))!, SealedLength(writer.Length));
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

        return new SealedReadStream(sealedFile, fileKey.Span, fileId, length);
    }

    public static long SealedLength(long length) => SealedLengthOf(PaddedLength(length) / SegmentLength);

    /// <summary>Where so many segments end in the sealed file.</summary>
    public static long SealedLengthOf(long segments) => segments == 0 ? 0 : HeaderLength + (segments * SealedSegmentLength);

    /// <summary>How many segments came in whole.</summary>
    public static long WholeSegments(long sealedLength) => Math.Max(0, (sealedLength - HeaderLength) / SealedSegmentLength);

    internal static long PaddedLength(long length)
    {
        var step = length <= FineLimit ? SegmentLength : 1L << (BitOperations.Log2((ulong)length) - 4);
        return Math.Max(SegmentLength, checked((length + step - 1) / step * step));
    }

    internal static byte[] Header()
    {
        var header = new byte[HeaderLength];
        header[0] = Suite;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), SegmentLength);
        return header;
    }

    internal static bool IsKnown(ReadOnlySpan<byte> header) => header.SequenceEqual(Header());

    /// <summary>The header and the file's id: no segment opens under another of either.</summary>
    internal static byte[] AssociatedData(Guid fileId) => [.. Header(), .. fileId.ToByteArray(bigEndian: true)];

    internal static void WriteNonce(ReadOnlySpan<byte> prefix, uint counter, bool last, Span<byte> nonce)
    {
        prefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixLength..], counter);
        nonce[^1] = last ? (byte)1 : (byte)0;
    }
}
