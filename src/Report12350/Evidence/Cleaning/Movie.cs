using System.Buffers.Binary;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>
/// MP4, MOV and M4A (录像): the pictures and the sound are taken over into a new file, nothing else is. A phone writes the part that
/// describes them (moov) last; it is handed over first, so that the file can be read once through without lying anywhere.
/// </summary>
internal static class Movie
{
    private const int HeaderLength = 16;
    private const int MostBoxes = 20_000;
    private const long MostDescription = 32 * 1024 * 1024;

    /// <summary>What cameras write into the description, and what it gives away.</summary>
    private static readonly (byte[] Word, Trace Trace)[] Words =
    [
        ([0xA9, .. "xyz"u8], Trace.Place), ([.. "loci"u8], Trace.Place), ([.. "location"u8], Trace.Place),
        ([0xA9, .. "day"u8], Trace.Time), ([.. "creationdate"u8], Trace.Time),
        ([0xA9, .. "mak"u8], Trace.Device), ([0xA9, .. "mod"u8], Trace.Device), ([0xA9, .. "too"u8], Trace.Device), ([0xA9, .. "swr"u8], Trace.Device),
        ([.. "quicktime.make"u8], Trace.Device), ([.. "quicktime.model"u8], Trace.Device), ([.. "com.android"u8], Trace.Device),
        ([0xA9, .. "ART"u8], Trace.Person), ([0xA9, .. "aut"u8], Trace.Person), ([.. "quicktime.author"u8], Trace.Person),
        ([.. "covr"u8], Trace.Preview), ([.. "udta"u8], Trace.Attached),
    ];

    public static async Task<CleanedContent> OpenAsync(string type, Stream original, Decoder decoder, CancellationToken cancellationToken)
    {
        var (ordered, description) = await OrderedAsync(original, cancellationToken);
        List<string> output = ["-movflags", "+empty_moov+default_base_moof", "-frag_duration", "2000000"];
        var codec = MovieBoxes.CodecOf(description);
        // What a camera says between the pictures: its make, times, places.
        if (codec is "avc1" or "avc3")
            output.AddRange(["-bsf:v", "filter_units=remove_types=6"]);
        if (codec is "hvc1" or "hev1")
            output.AddRange(["-tag:v", "hvc1", "-bsf:v", "filter_units=remove_types=39-40"]);
        output.AddRange(["-f", type == "video/quicktime" ? "mov" : "mp4"]);
        return await decoder.RemuxAsync(type, "mov", ordered, output, TracesIn(description), cancellationToken);
    }

    internal static IReadOnlyList<Trace> TracesIn(ReadOnlyMemory<byte> description)
    {
        var traces = Words.Where(word => description.Span.IndexOf(word.Word) >= 0).Select(word => word.Trace);
        return [.. traces.Concat(MovieBoxes.HasDates(description) ? [Trace.Time] : []).Distinct().Order()];
    }

    private static async Task<(Stream Ordered, ReadOnlyMemory<byte> Description)> OrderedAsync(Stream original, CancellationToken cancellationToken)
    {
        var (start, length, first) = await FindAsync(original, cancellationToken);
        if (length > MostDescription)
            throw new NotCleanedException(NotCleaned.TooMuch);
        var description = new byte[length];
        original.Position = start;
        await original.ReadExactlyAsync(description, cancellationToken);
        if (start > first)
            MovieBoxes.Shift(description, first, start, length);
        return (new PartsOf(original).Add(0, first).Add(description).Add(first, start - first).Add(start + length, original.Length - start - length), description);
    }

    /// <summary>Where the description lies, and where it belongs: after the file's first box.</summary>
    private static async Task<(long Start, long Length, long First)> FindAsync(Stream original, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        long? first = null;
        for (var (at, count) = (0L, 0); at + 8 <= original.Length; count++)
        {
            if (count == MostBoxes)
                throw new NotCleanedException(NotCleaned.TooMuch);
            original.Position = at;
            var read = await original.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
            var length = LengthOf(header.AsSpan(0, read), original.Length - at);
            if (length < 8 || length > original.Length - at)
                break;
            if (header.AsSpan(4, 4).SequenceEqual("moov"u8))
                return (at, length, first ?? 0);
            at += length;
            first ??= at;
        }

        throw new NotCleanedException(NotCleaned.Unreadable);
    }

    private static long LengthOf(ReadOnlySpan<byte> header, long rest) => BinaryPrimitives.ReadUInt32BigEndian(header) switch
    {
        0 => rest,
        1 when header.Length == HeaderLength => (long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64BigEndian(header[8..])),
        var length => length,
    };
}
