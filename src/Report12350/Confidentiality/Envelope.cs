using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Report12350.Confidentiality;

/// <summary>The form of every sealed column (密封信封): suite, key id, nonce and ciphertext, padded so that its length says little.</summary>
public static class Envelope
{
    public const int KeyLength = 32;

    internal const byte Suite = 1;

    private const int KeyIdLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + KeyIdLength + NonceLength;
    private const int PrefixLength = 4;
    private const int LargestBucket = 8192;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, Place place)
    {
        RequireKey(key);
        var padded = Pad(plaintext);
        try
        {
            var envelope = new byte[HeaderLength + padded.Length + TagLength];
            envelope[0] = Suite;
            WriteKeyId(key, envelope.AsSpan(1, KeyIdLength));
            var nonce = envelope.AsSpan(1 + KeyIdLength, NonceLength);
            RandomNumberGenerator.Fill(nonce);
            using var aes = new AesGcm(key, TagLength);
            aes.Encrypt(nonce, padded, envelope.AsSpan(HeaderLength, padded.Length), envelope.AsSpan(^TagLength..), place.AssociatedData(Suite));
            return envelope;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> envelope, Place place)
    {
        RequireKey(key);
        RequireHeader(key, envelope);
        var padded = new byte[envelope.Length - HeaderLength - TagLength];
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(envelope.Slice(1 + KeyIdLength, NonceLength), envelope[HeaderLength..^TagLength], envelope[^TagLength..], padded, place.AssociatedData(Suite));
            return Unpad(padded);
        }
        catch (AuthenticationTagMismatchException broken)
        {
            throw new SealBrokenException("The sealed value was altered or belongs elsewhere.", broken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    public static byte[] SealText(ReadOnlySpan<byte> key, string text, Place place) =>
        SealAndForget(key, Encoding.UTF8.GetBytes(text), place);

    public static string OpenText(ReadOnlySpan<byte> key, ReadOnlySpan<byte> envelope, Place place)
    {
        var plaintext = Open(key, envelope, place);
        var text = Encoding.UTF8.GetString(plaintext);
        CryptographicOperations.ZeroMemory(plaintext);
        return text;
    }

    public static byte[] SealJson<T>(ReadOnlySpan<byte> key, T value, Place place) =>
        SealAndForget(key, JsonSerializer.SerializeToUtf8Bytes(value, Json), place);

    public static T OpenJson<T>(ReadOnlySpan<byte> key, ReadOnlySpan<byte> envelope, Place place)
    {
        var plaintext = Open(key, envelope, place);
        try
        {
            return JsonSerializer.Deserialize<T>(plaintext, Json)!;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    private static byte[] SealAndForget(ReadOnlySpan<byte> key, byte[] plaintext, Place place)
    {
        try
        {
            return Seal(key, plaintext, place);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    internal static void RequireKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }
    }

    private static void RequireHeader(ReadOnlySpan<byte> key, ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < HeaderLength + PrefixLength + TagLength || envelope[0] != Suite)
        {
            throw new SealBrokenException("The sealed value has an unknown form.");
        }

        Span<byte> expected = stackalloc byte[KeyIdLength];
        WriteKeyId(key, expected);
        if (!expected.SequenceEqual(envelope.Slice(1, KeyIdLength)))
        {
            throw new SealBrokenException("The value was sealed under another key.");
        }
    }

    private static void WriteKeyId(ReadOnlySpan<byte> key, Span<byte> keyId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        hash[..KeyIdLength].CopyTo(keyId);
    }

    private static byte[] Pad(ReadOnlySpan<byte> plaintext)
    {
        var padded = new byte[BucketFor(checked(PrefixLength + plaintext.Length))];
        BinaryPrimitives.WriteInt32BigEndian(padded, plaintext.Length);
        plaintext.CopyTo(padded.AsSpan(PrefixLength));
        return padded;
    }

    private static byte[] Unpad(ReadOnlySpan<byte> padded)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(padded);
        return length >= 0 && length <= padded.Length - PrefixLength
            ? padded.Slice(PrefixLength, length).ToArray()
            : throw new SealBrokenException("The sealed value has an impossible length.");
    }

    private static int BucketFor(int length)
    {
        for (var bucket = 256; bucket < LargestBucket; bucket *= 2)
        {
            if (length <= bucket)
            {
                return bucket;
            }
        }

        return checked((length + LargestBucket - 1) / LargestBucket * LargestBucket);
    }
}
