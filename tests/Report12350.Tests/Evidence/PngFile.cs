using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Report12350.Tests.Evidence;

/// <summary>Pictures written chunk by chunk.</summary>
internal static class PngFile
{
    /// <summary>One point, with a word beside it.</summary>
    public static byte[] Small(string word) => Of(1, 1, Deflated(4), ("tEXt", [.. "Comment\0"u8, .. Encoding.UTF8.GetBytes(word)]));

    public static byte[] Of(int width, int height, byte[] data, params (string Name, byte[] Content)[] others)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach (var (name, content) in (IEnumerable<(string, byte[])>)[("IHDR", header), .. others, ("IDAT", data), ("IEND", [])])
        {
            byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            png.Write(number);
            png.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
            png.Write(number);
        }

        return png.ToArray();
    }

    /// <summary>So many zeros, packed.</summary>
    public static byte[] Deflated(long zeros)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var piece = new byte[1024 * 1024];
            for (var left = zeros; left > 0; left -= piece.Length)
                zlib.Write(piece, 0, (int)Math.Min(piece.Length, left));
        }

        return packed.ToArray();
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
