namespace Report12350.Evidence.Cleaning;

/// <summary>Reads parts of a file, one after the other, and bytes put between them (文件片段). Nothing is gathered.</summary>
internal sealed class PartsOf(Stream original) : ForwardStream
{
    private readonly Queue<(long Start, long Length, ReadOnlyMemory<byte> Bytes)> parts = [];
    private long length;
    private long position;
    private long within;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public PartsOf Add(long start, long count)
    {
        if (count > 0)
            parts.Enqueue((start, count, default));
        length += Math.Max(0, count);
        return this;
    }

    public PartsOf Add(ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.IsEmpty)
            parts.Enqueue((0, bytes.Length, bytes));
        length += bytes.Length;
        return this;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || !parts.TryPeek(out var part))
            return 0;
        var wanted = buffer[..(int)Math.Min(buffer.Length, part.Length - within)];
        var read = part.Bytes.IsEmpty ? await ReadPartAsync(part.Start + within, wanted, cancellationToken) : Take(part.Bytes.Span[(int)within..], wanted.Span);
        within += read;
        position += read;
        if (within == part.Length)
        {
            parts.Dequeue();
            within = 0;
        }

        return read;
    }

    private static int Take(ReadOnlySpan<byte> bytes, Span<byte> wanted)
    {
        bytes[..wanted.Length].CopyTo(wanted);
        return wanted.Length;
    }

    private async ValueTask<int> ReadPartAsync(long start, Memory<byte> wanted, CancellationToken cancellationToken)
    {
        if (original.Position != start)
            original.Position = start;
        var read = await original.ReadAsync(wanted, cancellationToken);
        return read > 0 ? read : throw new EndOfStreamException();
    }
}
