using System.Buffers.Binary;

namespace Report12350.Evidence.Cleaning;

/// <summary>A JPEG inside a document, without the segments that describe it (内嵌照片); its picture stays point for point.</summary>
internal static class JpegSegments
{
    private const byte StartOfScan = 0xDA;
    private const byte End = 0xD9;
    private const byte App0 = 0xE0;
    private const byte App15 = 0xEF;
    private const byte Adobe = 0xEE;
    private const byte Comment = 0xFE;

    /// <exception cref="NotCleanedException">It is none.</exception>
    public static byte[] Strip(ReadOnlySpan<byte> jpeg)
    {
        using var kept = new MemoryStream();
        if (!jpeg.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            throw new NotCleanedException(Domain.Evidence.NotCleaned.Unreadable);
        kept.Write(jpeg[..2]);
        var at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF)
        {
            var marker = jpeg[at + 1];
            if (marker is End or 0xFF)
            {
                at += marker == End ? jpeg.Length : 1;
                continue;
            }

            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (at + length > jpeg.Length)
                break;
            // What holds the colours of a scan is told by Adobe's segment; the others only talk about the picture.
            if (marker is Adobe or not (>= App0 and <= App15 or Comment))
                kept.Write(jpeg.Slice(at, length));
            at += length;
            if (marker == StartOfScan)
            {
                var scan = ScanLength(jpeg[at..]);
                kept.Write(jpeg.Slice(at, scan));
                at += scan;
            }
        }

        kept.Write([0xFF, End]);
        return kept.ToArray();
    }

    /// <summary>A scan goes on until a marker that is none of its own.</summary>
    private static int ScanLength(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; at + 1 < rest.Length; at++)
        {
            if (rest[at] == 0xFF && rest[at + 1] is not (0 or 0xFF or >= 0xD0 and <= 0xD7))
                return at;
        }

        return rest.Length;
    }
}
