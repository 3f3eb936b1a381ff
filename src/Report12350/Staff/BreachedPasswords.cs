using System.Security.Cryptography;
using System.Text;

namespace Report12350.Staff;

/// <summary>A list of passwords found in breaches (泄露口令库), as it is handed round: a line each, SHA-1 in capitals, colon, count, in order of the hashes. It may be many gigabytes; it is searched where it lies.</summary>
public sealed class BreachedPasswords
{
    private const int HashLength = 40;
    private const int LongestLine = 128;
    private readonly string file;

    public BreachedPasswords(string file)
    {
        this.file = file;
        using var opened = Open();
        if (LineAt(opened, 0) is not { Hash.Length: HashLength } first || !first.Hash.All(char.IsAsciiHexDigit))
            throw new InvalidOperationException("Security:BreachedPasswords must name a list of SHA-1 hashes, one a line, in order.");
    }

    /// <summary>Null when no list is configured.</summary>
    public static BreachedPasswords? From(string? file) => string.IsNullOrWhiteSpace(file) ? null : new BreachedPasswords(file);

    public bool Contain(string password)
    {
        var asked = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
        using var opened = Open();
        long low = 0, high = opened.Length;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (LineAt(opened, middle) is not { } line)
            {
                high = middle;
                continue;
            }

            var order = string.CompareOrdinal(asked, line.Hash.ToUpperInvariant());
            if (order == 0)
                return true;
            if (order < 0)
                high = middle;
            else
                low = line.End;
        }

        return false;
    }

    private FileStream Open() => new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 512);

    /// <summary>The first line that begins at this place or after it.</summary>
    private static (string Hash, long End)? LineAt(FileStream opened, long place)
    {
        // One sign back: a line that begins just here is found by the end of the one before.
        var from = Math.Max(0, place - 1);
        opened.Position = from;
        Span<byte> read = stackalloc byte[LongestLine * 2];
        var length = opened.ReadAtLeast(read, read.Length, throwOnEndOfStream: false);
        var begin = place == 0 ? 0 : read[..length].IndexOf((byte)'\n') + 1;
        if ((place > 0 && begin == 0) || length - begin < HashLength)
            return null;
        var rest = read[begin..length].IndexOf((byte)'\n');
        var end = from + (rest < 0 ? length : begin + rest + 1);
        return (Encoding.ASCII.GetString(read.Slice(begin, HashLength)), end);
    }
}
