using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>Of an AMR, frame after frame as long as there are any (通话录音); what hangs on after them is left out.</summary>
internal static class AmrSound
{
    /// <summary>Bytes of a frame after its first, by its mode; -1 is no frame.</summary>
    private static readonly int[] Narrow = [12, 13, 15, 17, 19, 20, 26, 31, 5, -1, -1, -1, -1, -1, -1, 0];
    private static readonly int[] Wide = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, -1, -1, -1, -1, 0, 0];

    public static async Task<CleanedContent> OpenAsync(Stream original, CancellationToken cancellationToken)
    {
        var head = new byte[9];
        var read = await original.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var wide = head.AsSpan(0, read).SequenceEqual("#!AMR-WB\n"u8);
        if (!wide && !head.AsSpan(0, read).StartsWith("#!AMR\n"u8))
            throw new NotCleanedException(NotCleaned.Unreadable);
        var start = wide ? 9 : 6;
        var end = await EndAsync(original, start, wide ? Wide : Narrow, cancellationToken);
        return end == start
            ? throw new NotCleanedException(NotCleaned.Unreadable)
            : new CleanedContent("audio/amr", new PartsOf(original).Add(0, end), () => end < original.Length ? [Trace.Attached] : []);
    }

    private static async Task<long> EndAsync(Stream original, long start, int[] lengths, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var (end, next) = (start, start);
        for (long at = original.Position = start; at < original.Length;)
        {
            var read = await original.ReadAsync(buffer, cancellationToken);
            for (; next < at + read; end = Math.Min(next, original.Length))
            {
                var frame = buffer[next - at];
                var length = lengths[(frame >> 3) & 0xF];
                // The first bit and the last two are never set.
                if (length < 0 || (frame & 0b1000_0011) != 0 || next + 1 + length > original.Length)
                    return next;
                next += 1 + length;
            }

            at += read;
        }

        return end;
    }
}
