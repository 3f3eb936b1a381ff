using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>Stands for a person who is kept out of a matter (回避标记): a stolen database does not tell whom a report is about.</summary>
public sealed class ConflictMarks(KeyRing ring)
{
    private readonly byte[] key = DerivedKey.For(ring.IndexKey, "conflict");

    internal byte[] Of(Guid staff) => HMACSHA256.HashData(key, staff.ToByteArray());
}
