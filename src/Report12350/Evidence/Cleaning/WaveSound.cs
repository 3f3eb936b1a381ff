using System.Buffers.Binary;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>Of a WAV, its form and its sound (波形录音); the chunks that say when, where and with what are left out.</summary>
internal static class WaveSound
{
    private const int HeaderLength = 8;
    private const int RiffLength = 12;
    private const int MostChunks = 1000;
    private const long MostForm = 64 * 1024;

    public static async Task<CleanedContent> OpenAsync(Stream original, CancellationToken cancellationToken)
    {
        var (kept, others) = await ChunksAsync(original, cancellationToken);
        if (!kept.Any(c => c.Name == "fmt ") || !kept.Any(c => c.Name == "data"))
            throw new NotCleanedException(NotCleaned.Unreadable);
        var body = kept.Sum(c => HeaderLength + c.Length + (c.Length & 1));
        var parts = new PartsOf(original).Add(Header("RIFF", body + 4, "WAVE"));
        foreach (var chunk in kept)
        {
            parts.Add(Header(chunk.Name, chunk.Length)).Add(chunk.Start, chunk.Length);
            parts.Add(new byte[chunk.Length & 1]);
        }

        return new CleanedContent("audio/wav", parts, () => others ? [Trace.Attached] : []);
    }

    private static async Task<(List<Chunk> Kept, bool Others)> ChunksAsync(Stream original, CancellationToken cancellationToken)
    {
        List<Chunk> kept = [];
        var header = new byte[HeaderLength];
        var (at, others, count) = ((long)RiffLength, false, 0);
        while (at + HeaderLength <= original.Length)
        {
            if (++count > MostChunks)
                throw new NotCleanedException(NotCleaned.TooMuch);
            original.Position = at;
            await original.ReadExactlyAsync(header, cancellationToken);
            var name = System.Text.Encoding.Latin1.GetString(header, 0, 4);
            var length = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)), original.Length - at - HeaderLength);
            if (name is "fmt " or "fact" or "data" && (name == "data" || length <= MostForm) && !kept.Any(c => c.Name == name))
                kept.Add(new Chunk(name, at + HeaderLength, length));
            else
                others = true;
            at += HeaderLength + length + (length & 1);
        }

        return (kept, others);
    }

    private static byte[] Header(string name, long length, string form = "")
    {
        var header = new byte[HeaderLength + form.Length];
        System.Text.Encoding.Latin1.GetBytes(name, header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), checked((uint)length));
        System.Text.Encoding.Latin1.GetBytes(form, header.AsSpan(HeaderLength));
        return header;
    }

    private sealed record Chunk(string Name, long Start, long Length);
}
