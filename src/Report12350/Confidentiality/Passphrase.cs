using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>A person's password as a key (口令): whoever can open with it has proven to know it, so no hash is kept.</summary>
public static class Passphrase
{
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SlowHash.SaltLength);

    public static byte[] DeriveKey(string passphrase, ReadOnlySpan<byte> salt)
    {
        var bytes = Encoding.UTF8.GetBytes(OneForm(passphrase));
        try
        {
            return SlowHash.Derive(bytes, salt, Envelope.KeyLength);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Whether two typed ones are one and the same key.</summary>
    public static bool IsSame(string one, string other) => OneForm(one) == OneForm(other);

    /// <summary>Another keyboard's forms of a sign are that sign.</summary>
    private static string OneForm(string typed) => typed.Normalize(NormalizationForm.FormKC);
}
