using System.Buffers.Binary;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>The boxes inside a movie's description (影像描述).</summary>
internal static class MovieBoxes
{
    private const int HeaderLength = 8;
    private const int MostBoxes = 100_000;

    /// <summary>How its pictures are packed, by the name in the table of its first picture track.</summary>
    public static string? CodecOf(ReadOnlyMemory<byte> description)
    {
        string[] known = ["avc1", "avc3", "hvc1", "hev1"];
        return Boxes(description).Where(b => b.Name == "stsd" && b.Content.Length >= 16)
            .Select(b => System.Text.Encoding.Latin1.GetString(b.Content.Span.Slice(12, 4))).FirstOrDefault(known.Contains);
    }

    /// <summary>Whether it says when it was filmed.</summary>
    public static bool HasDates(ReadOnlyMemory<byte> description) =>
        Boxes(description).Any(b => b.Name is "mvhd" or "tkhd" or "mdhd" && b.Content.Length >= 20 && b.Content.Span[4..12].ContainsAnyExcept((byte)0));

    /// <summary>What lay between two places now lies further back by so much.</summary>
    public static void Shift(Memory<byte> description, long from, long to, long by)
    {
        foreach (var box in Boxes(description).Where(b => b.Name is "stco" or "co64" or "cmov").ToList())
        {
            if (box.Name == "cmov" || box.Content.Length < 8)
                throw new NotCleanedException(NotCleaned.Unreadable);
            var table = description.Span.Slice(box.Start, box.Content.Length);
            var width = box.Name == "stco" ? sizeof(uint) : sizeof(ulong);
            var count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(table[4..]), (uint)((table.Length - 8) / width));
            for (var i = 0; i < count; i++)
                ShiftOne(table.Slice(8 + (i * width), width), from, to, by);
        }
    }

    private static void ShiftOne(Span<byte> place, long from, long to, long by)
    {
        var offset = place.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(place) : BinaryPrimitives.ReadUInt64BigEndian(place);
        if (offset < (ulong)from || offset >= (ulong)to)
            return;
        if (place.Length == sizeof(ulong))
            BinaryPrimitives.WriteUInt64BigEndian(place, offset + (ulong)by);
        else if (offset + (ulong)by <= uint.MaxValue)
            BinaryPrimitives.WriteUInt32BigEndian(place, (uint)(offset + (ulong)by));
        else
            throw new NotCleanedException(NotCleaned.TooMuch);
    }

    /// <summary>All boxes, through those that only hold others.</summary>
    private static IEnumerable<Box> Boxes(ReadOnlyMemory<byte> description)
    {
        Stack<(int Start, int End)> open = new([(0, description.Length)]);
        for (var count = 0; open.TryPop(out var rest);)
        {
            for (var at = rest.Start; at + HeaderLength <= rest.End;)
            {
                if (++count > MostBoxes)
                    throw new NotCleanedException(NotCleaned.TooMuch);
                var length = BinaryPrimitives.ReadUInt32BigEndian(description.Span[at..]);
                if (length < HeaderLength || length > rest.End - at)
                    break;
                var box = new Box(System.Text.Encoding.Latin1.GetString(description.Span.Slice(at + 4, 4)), at + HeaderLength, description.Slice(at + HeaderLength, (int)length - HeaderLength));
                yield return box;
                if (box.Name is "moov" or "trak" or "mdia" or "minf" or "stbl")
                    open.Push((box.Start, box.Start + box.Content.Length));
                at += (int)length;
            }
        }
    }

    private sealed record Box(string Name, int Start, ReadOnlyMemory<byte> Content);
}
