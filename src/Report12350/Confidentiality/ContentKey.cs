using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>The key to one report's content (举报内容密钥); destroying it destroys the content in every backup too.</summary>
public sealed class ContentKey
{
    private readonly byte[] bytes;

    private ContentKey(byte[] bytes) => this.bytes = bytes;

    public ReadOnlySpan<byte> Bytes => bytes;

    public static ContentKey Generate() => new(RandomNumberGenerator.GetBytes(Envelope.KeyLength));

    public static ContentKey From(ReadOnlySpan<byte> bytes) => bytes.Length == Envelope.KeyLength
        ? new ContentKey(bytes.ToArray())
        : throw new ArgumentException("A content key has 32 bytes.", nameof(bytes));

    public byte[] Derive(string purpose) => DerivedKey.For(bytes, $"content/{purpose}");

    public byte[] ForFile(Guid fileId) => Derive($"file/{fileId:N}");

    public byte[] Seal(string text, Place place) =>
        With(place, key => Envelope.SealText(key, text, place));

    public string OpenText(byte[] envelope, Place place) =>
        With(place, key => Envelope.OpenText(key, envelope, place));

    public byte[] SealBytes(byte[] value, Place place) => With(place, key => Envelope.Seal(key, value, place));

    public byte[] OpenBytes(byte[] envelope, Place place) => With(place, key => Envelope.Open(key, envelope, place));

    public byte[] SealJson<T>(T value, Place place) =>
        With(place, key => Envelope.SealJson(key, value, place));

    public T OpenJson<T>(byte[] envelope, Place place) =>
        With(place, key => Envelope.OpenJson<T>(key, envelope, place));

    /// <summary>32 bytes that no other content has and that tell nothing of this one to anybody without the key (内容指纹).</summary>
    public byte[] Fingerprint(byte[] envelope, Place place) =>
        With(place, key => HMACSHA256.HashData(Derive("fingerprint"), Envelope.Open(key, envelope, place)));

    private T With<T>(Place place, Func<byte[], T> work)
    {
        var key = Derive($"{place.Table}.{place.Column}");
        try
        {
            return work(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
