using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>The seal that ties each audit entry to the one before it (审计链): without the key ring nobody can make one.</summary>
public sealed class AuditSeal(KeyRing ring)
{
    private readonly byte[] key = DerivedKey.For(ring.SigningSeed, "audit");

    /// <summary>Before the first entry there is nothing.</summary>
    public static byte[] Origin => new byte[HMACSHA256.HashSizeInBytes];

    /// <summary>Vouches for where the chain under this ring begins, after entries under one that was lost.</summary>
    public byte[] Start(ReadOnlySpan<byte> before, long sequence) => Next(before, sequence, "start");

    /// <param name="before">Seal of the entry before.</param>
    /// <param name="sequence">Place in the chain, from one.</param>
    /// <param name="fields">What the entry says, in a fixed order and form.</param>
    public byte[] Next(ReadOnlySpan<byte> before, long sequence, params ReadOnlySpan<string?> fields)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> number = stackalloc byte[sizeof(long)];
        hash.AppendData(before);
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        hash.AppendData(number);
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, field is null ? -1 : Encoding.UTF8.GetByteCount(field));
            hash.AppendData(number);
            hash.AppendData(Encoding.UTF8.GetBytes(field ?? ""));
        }

        return hash.GetHashAndReset();
    }
}
