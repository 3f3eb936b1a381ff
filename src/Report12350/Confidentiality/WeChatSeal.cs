using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>The seal WeChat puts on messages in safe mode (微信安全模式), and the signature on every call. Both are the platform's, not ours: they show that it was the platform, and keep nothing from it.</summary>
/// <remarks>AES-256-CBC over 16 random bytes, the length (four bytes, big end first), the text and the account's id, filled up to 32 by PKCS #7.</remarks>
public sealed class WeChatSeal
{
    private const int Fill = 32;
    private const int RandomLength = 16;
    private const int HeadLength = RandomLength + sizeof(int);
    private const int VectorLength = 16;
    private readonly byte[] key;
    private readonly byte[] account;

    /// <param name="encodingKey">EncodingAESKey: 43 characters of base64.</param>
    /// <param name="account">AppId of an official account, CorpId of a WeCom.</param>
    /// <exception cref="FormatException">It is no such key.</exception>
    public WeChatSeal(string encodingKey, string account)
    {
        key = Convert.FromBase64String(encodingKey + "=");
        if (key.Length != Envelope.KeyLength)
            throw new FormatException("An EncodingAESKey has 43 characters.");
        this.account = Encoding.UTF8.GetBytes(account);
    }

    /// <summary>Over the words in their order, none before another by more than its bytes.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "WeChat signs with SHA-1; there is no other way to hear from it.")]
    public static string Sign(params IEnumerable<string> words) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(words.Order(StringComparer.Ordinal)))));

    public static bool IsSigned(string? signature, params IEnumerable<string> words) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature ?? ""), Encoding.UTF8.GetBytes(Sign(words)));

    public string Seal(string text)
    {
        var said = Encoding.UTF8.GetBytes(text);
        var length = HeadLength + said.Length + account.Length;
        var fill = Fill - (length % Fill);
        var plain = new byte[length + fill];
        RandomNumberGenerator.Fill(plain.AsSpan(0, RandomLength));
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(RandomLength), said.Length);
        said.CopyTo(plain, HeadLength);
        account.CopyTo(plain, HeadLength + said.Length);
        plain.AsSpan(length).Fill((byte)fill);
        using var aes = NewAes();
        return Convert.ToBase64String(aes.EncryptCbc(plain, key.AsSpan(0, VectorLength), PaddingMode.None));
    }

    /// <summary>Null when it was not sealed for this account. To be asked only of what is signed: the seal itself can be bent.</summary>
    public string? Open(string sealedText)
    {
        var cipher = new byte[sealedText.Length];
        if (!Convert.TryFromBase64String(sealedText, cipher, out var length) || length == 0 || length % VectorLength != 0)
            return null;
        using var aes = NewAes();
        var plain = aes.DecryptCbc(cipher.AsSpan(0, length), key.AsSpan(0, VectorLength), PaddingMode.None);
        var fill = plain[^1];
        if (fill is < 1 or > Fill || plain.Length - fill < HeadLength)
            return null;
        var rest = plain.AsSpan(0, plain.Length - fill);
        var said = BinaryPrimitives.ReadInt32BigEndian(rest[RandomLength..]);
        rest = rest[HeadLength..];
        return said >= 0 && said <= rest.Length && rest[said..].SequenceEqual(account) ? Encoding.UTF8.GetString(rest[..said]) : null;
    }

    private Aes NewAes()
    {
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }
}
