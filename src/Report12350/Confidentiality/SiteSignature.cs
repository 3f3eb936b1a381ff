using System.Security.Cryptography;
using NSec.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>The site's own signature (站点签名), Ed25519: what it signed can be checked by anybody who has the public key.</summary>
public sealed class SiteSignature : IDisposable
{
    private readonly Key key;

    public SiteSignature(KeyRing ring)
    {
        key = Key.Import(SignatureAlgorithm.Ed25519, DerivedKey.For(ring.SigningSeed, "sign"), KeyBlobFormat.RawPrivateKey);
        PublicKey = Convert.ToBase64String(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>32 bytes in Base64: to be published.</summary>
    public string PublicKey { get; }

    public string KeyId => IdOf(PublicKey)!;

    /// <summary>What people compare (公钥指纹): the first 16 hex digits of the public key's SHA-256; null when it is no key.</summary>
    public static string? IdOf(string publicKey)
    {
        var bytes = new byte[32];
        return Convert.TryFromBase64String(publicKey, bytes, out var length) && length == bytes.Length
            ? Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]
            : null;
    }

    public static bool Verify(string publicKey, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[32];
        return Convert.TryFromBase64String(publicKey, bytes, out var length) && length == bytes.Length
            && NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var signer)
            && SignatureAlgorithm.Ed25519.Verify(signer!, signed, signature);
    }

    public byte[] Sign(ReadOnlySpan<byte> text) => SignatureAlgorithm.Ed25519.Sign(key, text);

    public void Dispose() => key.Dispose();
}
