using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>A person's password as a key (口令): whoever can open with it has proven to know it, so no hash is kept.</summary>
public static class Passphrase
{
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SlowHash.SaltLength);

    public static byte[] DeriveKey(string passphrase, ReadOnlySpan<byte> salt)
    {
        var bytes = Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormKC));
        try
        {
            return SlowHash.Derive(bytes, salt, Envelope.KeyLength);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
