using System.Security.Cryptography;
using NSec.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>Argon2id at the cost chosen for this site (慢散列): 19 MiB, two passes, one lane.</summary>
internal static class SlowHash
{
    public const int SaltLength = 16;

    private static readonly PasswordBasedKeyDerivationAlgorithm Argon2id = PasswordBasedKeyDerivationAlgorithm.Argon2id(
        new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 19456, NumberOfPasses = 2 });

    public static byte[] Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt, int length) =>
        Argon2id.DeriveBytes(secret, salt, length);

    /// <summary>Mixes the site's pepper in first, so that a stolen database alone gives nothing to guess against.</summary>
    public static byte[] DerivePeppered(ReadOnlySpan<byte> pepper, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt, int length)
    {
        var peppered = HMACSHA256.HashData(pepper, secret);
        try
        {
            return Derive(peppered, salt, length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(peppered);
        }
    }
}
