using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>A key for one purpose made from a key with full entropy (分用途密钥).</summary>
internal static class DerivedKey
{
    public static byte[] For(ReadOnlySpan<byte> key, string purpose)
    {
        var derived = new byte[Envelope.KeyLength];
        HKDF.Expand(HashAlgorithmName.SHA256, key, derived, Encoding.UTF8.GetBytes($"report12350/1/{purpose}"));
        return derived;
    }
}
