using NSec.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>The pair of keys of a person, a group or the recovery sheet (公私钥对): what is sealed to the public half opens with the private half.</summary>
public sealed class KeyPair
{
    private KeyPair(Key key)
    {
        PublicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        PrivateKey = key.Export(KeyBlobFormat.RawPrivateKey);
    }

    public byte[] PublicKey { get; }

    public byte[] PrivateKey { get; }

    public static KeyPair Generate()
    {
        using var key = Key.Create(KeyAgreementAlgorithm.X25519, Exportable);
        return new KeyPair(key);
    }

    public static KeyPair From(ReadOnlySpan<byte> privateKey)
    {
        using var key = Key.Import(KeyAgreementAlgorithm.X25519, privateKey, KeyBlobFormat.RawPrivateKey, Exportable);
        return new KeyPair(key);
    }

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
