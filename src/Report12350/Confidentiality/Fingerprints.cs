using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Report12350.Domain.Reports;

namespace Report12350.Confidentiality;

/// <summary>Takes reports' fingerprints (比对指纹) under the index key. They lie sealed in the database: two alike do not look alike there.</summary>
public sealed class Fingerprints
{
    private readonly byte[] sealing;
    private readonly byte[] unit;
    private readonly byte[] grams;
    private readonly ulong[] turns;

    public Fingerprints(KeyRing ring)
    {
        sealing = DerivedKey.For(ring.IndexKey, "fingerprint/seal");
        unit = DerivedKey.For(ring.IndexKey, "fingerprint/unit");
        grams = DerivedKey.For(ring.IndexKey, "fingerprint/narrative");
        turns = Turns(ring.IndexKey);
    }

    /// <param name="unitName">Name and town of the unit in one form, however they were typed.</param>
    /// <param name="bigrams">What the narrative is made of.</param>
    public Fingerprint Of(string unitName, IReadOnlyCollection<string> bigrams)
    {
        var hashes = bigrams.Select(gram => Keyed(grams, gram)).ToArray();
        var marks = new byte[Fingerprint.Marks];
        for (var i = 0; i < marks.Length; i++)
            marks[i] = Least(hashes, turns[2 * i] | 1, turns[(2 * i) + 1]);
        return new Fingerprint(Keyed(unit, unitName), marks);
    }

    public byte[] Seal(Fingerprint fingerprint, ReportId report)
    {
        var bytes = new byte[sizeof(ulong) + Fingerprint.Marks];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, fingerprint.Unit);
        fingerprint.Narrative.CopyTo(bytes, sizeof(ulong));
        return Envelope.Seal(sealing, bytes, Places.Fingerprint(report));
    }

    public Fingerprint Open(ReadOnlySpan<byte> envelope, ReportId report)
    {
        var bytes = Envelope.Open(sealing, envelope, Places.Fingerprint(report));
        return new Fingerprint(BinaryPrimitives.ReadUInt64LittleEndian(bytes), bytes[sizeof(ulong)..]);
    }

    /// <summary>The least of all bigrams in this turn's order, cut to a byte.</summary>
    private static byte Least(ulong[] hashes, ulong times, ulong plus)
    {
        var least = ulong.MaxValue;
        foreach (var hash in hashes)
            least = Math.Min(least, Mixed(unchecked((hash * times) + plus)));
        return (byte)least;
    }

    /// <summary>The last step of SplitMix64: the order of one turn says nothing about that of another.</summary>
    private static ulong Mixed(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    private static ulong Keyed(byte[] key, string text) =>
        BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static ulong[] Turns(ReadOnlySpan<byte> indexKey)
    {
        var bytes = new byte[2 * Fingerprint.Marks * sizeof(ulong)];
        HKDF.Expand(HashAlgorithmName.SHA256, indexKey, bytes, "report12350/1/fingerprint/turns"u8);
        return MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
    }
}
