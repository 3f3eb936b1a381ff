using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>A value anyone can seal for a public key and only the owner of its private half can open (公钥密封盒).</summary>
public static class SealedBox
{
    private const byte Suite = 2;
    private const int PublicKeyLength = 32;

    /// <param name="with">When given, it is needed to open the box too.</param>
    public static byte[] Seal(ReadOnlySpan<byte> recipientPublicKey, ReadOnlySpan<byte> plaintext, Place place, EraseKey? with = null)
    {
        using var ephemeral = Key.Create(KeyAgreementAlgorithm.X25519);
        var ephemeralPublic = ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        var key = Agree(ephemeral, recipientPublicKey, ephemeralPublic, recipientPublicKey, with)
            ?? throw new ArgumentException("This is no public key to seal to.", nameof(recipientPublicKey));
        try
        {
            return [Suite, .. ephemeralPublic, .. Envelope.Seal(key, plaintext, place)];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public static byte[] Open(KeyPair recipient, ReadOnlySpan<byte> box, Place place, EraseKey? with = null)
    {
        if (box.Length < 1 + PublicKeyLength || box[0] != Suite)
        {
            throw new SealBrokenException("The sealed box has an unknown form.");
        }

        var ephemeralPublic = box.Slice(1, PublicKeyLength);
        using var mine = Key.Import(KeyAgreementAlgorithm.X25519, recipient.PrivateKey, KeyBlobFormat.RawPrivateKey);
        var key = Agree(mine, ephemeralPublic, ephemeralPublic, recipient.PublicKey, with)
            ?? throw new SealBrokenException("The sealed box names an impossible key.");
        try
        {
            return Envelope.Open(key, box[(1 + PublicKeyLength)..], place);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Null when another key opens it, or none.</summary>
    public static byte[]? TryOpen(KeyPair recipient, ReadOnlySpan<byte> box, Place place, EraseKey? with = null)
    {
        try
        {
            return Open(recipient, box, place, with);
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }

    private static byte[]? Agree(Key mine, ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> ephemeralPublic, ReadOnlySpan<byte> recipientPublic, EraseKey? with)
    {
        if (!NSec.Cryptography.PublicKey.TryImport(KeyAgreementAlgorithm.X25519, theirs, KeyBlobFormat.RawPublicKey, out var other)
            || other is null)
        {
            return null;
        }

        using var shared = KeyAgreementAlgorithm.X25519.Agree(mine, other);
        return shared is null
            ? null
            : KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(
                shared, with?.Bytes ?? [], [.. Encoding.ASCII.GetBytes("report12350/1/box/"), .. ephemeralPublic, .. recipientPublic], Envelope.KeyLength);
    }
}
